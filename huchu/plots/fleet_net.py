"""The net power of a fleet: by step, and by day as energies in and out."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Patch

from dispatch.arrays import Floats
from huchu.plots.days import Days
from huchu.plots.fleet_page import amount_told, frame_figures
from huchu.plots.fleet_picture import FleetPicture, Powers
from huchu.plots.page import INK, name_panel
from huchu.plots.panels import CHARGE, DISCHARGE, show_legend
from huchu.plots.strokes import fill_steps


def net_told(picture: FleetPicture) -> tuple[tuple[str, str], ...]:
    """The figures of a heading: energies of the horizon and the largest powers, stations charging and discharging apart."""
    discharged, charged = _apart(picture.net_mw)
    return (
        ("放电电量 discharged", f"{amount_told(float(discharged.sum()) * picture.hours)} MWh"),
        ("充电电量 charged", f"{amount_told(float(charged.sum()) * picture.hours)} MWh"),
        ("最大放电 most discharging", f"{amount_told(float(discharged.max()))} MW"),
        ("最大充电 most charging", f"{amount_told(float(charged.max()))} MW"),
    )


def fullest_day(picture: FleetPicture, days: Days) -> int:
    """The number of the day with the most discharge."""
    return int(days.total(_apart(picture.net_mw)[0]).argmax())


def draw_net_steps(axes: Axes, edges: Floats, net_mw: Powers) -> None:
    """Discharging of the stations above zero, charging below, and nothing set off between stations."""
    _draw_in_and_out(axes, edges, _apart(net_mw), "MW")


def draw_net_days(axes: Axes, picture: FleetPicture, days: Days) -> None:
    """Energy discharged above zero and charged below, a bar a day."""
    name_panel(axes, "每日电量", "energy by day, MWh")
    discharged, charged = (days.total(power) * picture.hours for power in _apart(picture.net_mw))
    _draw_in_and_out(axes, days.edges, (discharged, charged), "MWh/日")


def _draw_in_and_out(axes: Axes, edges: Floats, out_and_in: tuple[Floats, Floats], unit: str) -> None:
    out, taken = out_and_in
    nothing = np.zeros(len(out))
    fill_steps(axes, edges, nothing, out, DISCHARGE)
    fill_steps(axes, edges, -taken, nothing, CHARGE)
    axes.axhline(0, color=INK, linewidth=0.6)
    axes.set_ylim(-1.08 * (float(taken.max()) or 1.0), 1.08 * (float(out.max()) or 1.0))
    frame_figures(axes, unit)
    show_legend(axes, [Patch(color=DISCHARGE, label="放电 discharging"), Patch(color=CHARGE, label="充电 charging")])


def _apart(net_mw: Powers) -> tuple[Floats, Floats]:
    """What all stations together discharge and what they charge in each step: one may charge while another discharges."""
    discharged = np.clip(net_mw, 0, None).sum(axis=0, dtype=np.float64)
    return discharged, -np.clip(net_mw, None, 0).sum(axis=0, dtype=np.float64)
