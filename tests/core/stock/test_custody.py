"""The table of custody, walked in every way, against a simple model of a box's life."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pharmacy_desk.core.basics.events import EventKind
from pharmacy_desk.core.people.roles import Role
from pharmacy_desk.core.stock.custody import RULES, BoxState, Move, after, may, replay
from pharmacy_desk.core.stock.movement import MOVES, MovementKind

S, M = BoxState, Move
GONE_FOR_GOOD = {S.USED_UP, S.DESTROYED, S.BROKEN}


def test_every_move_has_a_rule_and_an_event_and_every_document_a_move():
    assert set(RULES) == set(Move)
    assert {move.value for move in Move} <= {kind.value for kind in EventKind}
    assert set(MOVES) == set(MovementKind) - {MovementKind.COUNT}


@pytest.mark.parametrize("move", list(Move))
@pytest.mark.parametrize("state", [None, *BoxState])
def test_a_move_is_allowed_exactly_where_the_table_says(state, move):
    then = after(state, move)
    assert (then is not None) == (state in RULES[move].before)
    assert then in (None, RULES[move].after)


@pytest.mark.parametrize("state", sorted(GONE_FOR_GOOD))
def test_what_is_gone_for_good_never_moves_again(state):
    assert all(after(state, move) is None for move in Move)


def test_a_sold_box_goes_back_to_the_shelf_only_by_a_manager():
    back = {move for move in Move if after(S.SOLD, move) is S.ON_SHELF}
    assert back == {M.RESTORE}
    assert may(Role.MANAGER.value, M.RESTORE)
    assert not any(may(role.value, M.RESTORE) for role in Role if role is not Role.MANAGER)


def test_a_returned_box_is_never_sold_again():
    assert after(S.RETURNED, M.SELL) is None
    onward = {after(S.RETURNED, move) for move in Move} - {None}
    assert onward == {
        S.TO_SUPPLIER, S.DESTROYED,
    }  # fmt: skip


@given(st.lists(st.sampled_from(list(Move)), max_size=30))
def test_random_lives_keep_to_the_rules_of_the_trade(moves):
    state, life = None, []
    for move in moves:
        then = after(state, move)
        if then is None:
            continue
        life.append(move)
        state = then
    assert replay(life) is state
    # Sold twice without having come back or been received again in between: never.
    sold = False
    for move in life:
        if move in (M.SELL, M.OPEN):
            assert not sold
            sold = True
        elif move in (M.RESTORE, M.RECEIVE, M.TRANSFER_IN):
            sold = False


@given(st.lists(st.sampled_from(list(Move)), min_size=1, max_size=6))
def test_replay_refuses_what_may_not_follow(moves):
    state = None
    for move in moves:
        state = after(state, move)
        if state is None:
            with pytest.raises(ValueError, match="after"):
                replay(moves)
            return
    assert replay(moves) is state
