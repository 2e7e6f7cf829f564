"""Only so many buttons are listened for: those that were used longest ago are switched off."""

from discord import ui

from commands.core.services.open_views import OpenViews


async def test_the_one_used_longest_ago_stops() -> None:
    open_views = OpenViews(most=2)
    first, second, third = ui.View(), ui.View(), ui.View()
    open_views.use(first)
    open_views.use(second)
    open_views.use(first)
    open_views.use(third)
    assert [view.is_finished() for view in (first, second, third)] == [False, True, False]
    open_views.close(first)
    assert len(open_views) == 1
