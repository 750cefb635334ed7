"""Claims about a trip under correction: what the user decides holds, and everything can be undone."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from itinerary.model import Status
from itinerary.workspace import SetStatus, Workspace, anchors, corrections
from tests import strategies

quick = settings(max_examples=80, deadline=None)


# --- what holds of any corrections ------------------------------------------------------------------------------------


@quick
@given(strategies.workspaces(), st.data())
def test_undo_after_do_is_identity(workspace, data):
    correction = data.draw(strategies.corrections(workspace.read))
    back = workspace.do(correction).undo()
    assert (back.trip, back.done, back.lost) == (workspace.trip, workspace.done, workspace.lost)


@quick
@given(strategies.workspaces())
def test_redo_after_undo_is_identity(workspace):
    again = workspace.undo().redo() if workspace.can_undo else workspace.redo().undo()
    assert again == workspace
    assert (again.trip, again.lost, again.stops) == (workspace.trip, workspace.lost, workspace.stops)


@quick
@given(strategies.workspaces())
def test_legs_join_neighbours_whatever_is_corrected(workspace):
    trip = workspace.trip
    assert [(leg.origin, leg.destination) for leg in trip.legs] == list(pairwise(trip.visits))
    assert len(workspace.stops) == len(trip.visits)
    assert all(workspace.done or visit.by_hand or visit.evidence for visit in trip.visits)


@quick
@given(strategies.workspaces())
def test_without_corrections_the_trip_is_the_one_read(workspace):
    while workspace.can_undo:
        workspace = workspace.undo()
    assert workspace.trip is workspace.read


@quick
@given(strategies.workspaces(), st.data())
def test_a_stop_leads_back_to_itself(workspace, data):
    if workspace.stops:
        index = data.draw(st.integers(0, len(workspace.stops) - 1))
        confirmed = workspace.do(SetStatus(workspace.stop(index), Status.PASSED)).trip.visits
        assert confirmed[index].status is Status.PASSED and confirmed[index].score == 1
        assert "decided by the user" in confirmed[index].reason
        others = [visit for i, visit in enumerate(confirmed) if i != index]
        assert others == [visit for i, visit in enumerate(workspace.trip.visits) if i != index]


@quick
@given(strategies.workspaces())
def test_doubts_are_about_what_is_there(workspace):
    for doubt in workspace.doubts():
        assert doubt.stop is None or 0 <= doubt.stop < len(workspace.trip.visits)
        assert workspace.target(doubt)
        assert doubt not in workspace.accept(doubt).doubts()
