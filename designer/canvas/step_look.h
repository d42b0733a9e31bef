#pragma once

#include "app/widgets/theme.h"
#include "designer/canvas/run_overlay.h"
#include "engine/model/problem.h"

#include <QString>

#include <optional>

namespace designer {

/// What stands on the upper right corner of a step.
struct Pill {
    QString icon;
    QString text; ///< empty: a disc with the icon alone
    app::Color ink = app::Color::Completed;
    app::Color tint = app::Color::CompletedTint;

    bool operator==(const Pill &) const = default;
};

/// In which state a step is drawn; all that can differ between two pictures of the same step.
struct StepLook {
    bool hovered = false;
    bool selected = false;
    bool focused = false;
    bool connecting = false; ///< an edge is drawn: ports where it may come in are lit
    bool matched = false;    ///< of a search
    bool faded = false;      ///< not matched while others are
    bool dragged = false;
    std::optional<engine::Severity> problem;

    std::optional<StepState> run; ///< none: as in Design
    QString subtitle;             ///< in the place of the step's own, if not empty
    QString footer;
    QString badge;
    QString duration; ///< beside the way out
    std::optional<Pill> pill;
    std::optional<Pill> secondPill; ///< to the left of the first
    int tokens = 0;
    double pulse = 0.26; ///< opacity of the halo where a branch waits

    bool operator==(const StepLook &) const = default;
};

struct EdgeLook {
    enum class Run { None, NotReached, Possible, Taken };
    bool hovered = false;
    bool selected = false;
    bool dropTarget = false;
    bool faded = false;
    bool straight = false; ///< follows a dragged step, not routed
    Run run = Run::None;
    int times = 0; ///< taken; from 2 on the chip says so

    bool operator==(const EdgeLook &) const = default;
};

} // namespace designer
