// Folds the side panel away where it lies over the page: on a narrow screen.
if (window.innerWidth <= 700) {
  const button = document.querySelector('[data-testid="stSidebarCollapseButton"]');
  (button?.querySelector("button") || button)?.click();
}
