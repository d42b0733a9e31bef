#pragma once

#include "app/widgets/theme.h"
#include "engine/model/flow.h"

#include <QSizeF>

namespace designer {

/// What a mark on the canvas is: the kinds of steps, and the start and interrupt marks.
enum class StepKind {
    Activity,
    Send,
    Emit,
    Wait,
    Collect,
    Approval,
    Timer,
    Choice,
    Parallel,
    Join,
    ForEach,
    SubFlow,
    Set,
    End,
    Fail,
    ContinueAsNew,
    Resume,
    Note,
    Interrupt,
    Start,
    Unknown
};

/// The outline. A round left end says that the flow waits here; a sheet has a folded corner.
enum class StepShape { Rectangle, RoundLeft, Circle, Diamond, Bar, Sheet };

struct KindLook {
    StepShape shape = StepShape::Rectangle;
    const char *icon = "";
    app::Color color = app::Color::KindUnknown;
    QSizeF size;
};

const KindLook &lookOf(StepKind kind);
/// Whether its icon is drawn on the canvas too, or only where the step is spoken of.
bool hasIconOnCanvas(const KindLook &look);
StepKind stepKind(const engine::StepBody &body);
/// The kind that a flow file calls `name`, as the palette does; Unknown for others.
StepKind stepKind(std::string_view name);

} // namespace designer
