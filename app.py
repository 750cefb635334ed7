"""The dashboard's entry for Streamlit: `streamlit run app.py`."""

from itinerary.dashboard.page import main

main()
