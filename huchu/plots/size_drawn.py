"""The picture of a sized project that a record asks for."""

from huchu.plots.size_picture import CashFlowPicture, MapPicture, SizePicture, TornadoPicture


def size_png(picture: SizePicture) -> bytes:
    """The bytes of the PNG of one picture; loads matplotlib."""
    if isinstance(picture, MapPicture):
        from huchu.plots.size_map import map_png

        return map_png(picture)
    if isinstance(picture, TornadoPicture):
        from huchu.plots.size_tornado import tornado_png

        return tornado_png(picture)
    if isinstance(picture, CashFlowPicture):
        from huchu.plots.size_cash_flow import cash_flow_png

        return cash_flow_png(picture)
    from huchu.plots.size_scenarios import scenarios_png

    return scenarios_png(picture)
