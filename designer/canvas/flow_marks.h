#pragma once

#include "designer/canvas/step_geometry.h"
#include "designer/canvas/step_words.h"
#include "engine/model/flow.h"

#include <QPointF>
#include <QRectF>
#include <QString>

#include <functional>
#include <optional>
#include <vector>

namespace designer {

/// Something drawn like a step that is none: where the flow starts, where an event interrupts it.
struct Mark {
    /// Empty: the start; `!/EVENT`: an interrupt of the flow; `!/STEP/EVENT`: one of a parallel step
    engine::StepId id;
    StepKind kind = StepKind::Start;
    QPointF centre;
    StepWords words;
    engine::StepId next;

    bool operator==(const Mark &) const = default;
};

/// Whether an id is that of a mark. No step has one: ids of steps hold no `/` and are not empty.
bool isMark(const engine::StepId &id);
bool isInterruptMark(const engine::StepId &id);

/// The frame round an interrupt's handler.
struct RegionPicture {
    QRectF rect;
    QString words;

    bool operator==(const RegionPicture &) const = default;
};

struct Marks {
    std::vector<Mark> marks;
    std::vector<RegionPicture> regions;
};

/// How a picture answers where its steps stand.
struct StepPlaces {
    std::function<std::optional<QRectF>(const engine::StepId &)> body;
    std::function<std::optional<QRectF>(const engine::StepId &)> extent;
    std::function<bool(const QRectF &)> isFree;            ///< of steps; marks do not count
    std::function<bool(const engine::StepId &)> isEntered; ///< by an edge from a step
    TitleOf titleOf;
};

/// The start mark before the first step, and an interrupt mark for each interrupt of the flow:
/// where the layout says, else below the step that it leads to.
Marks marksOf(const engine::Flow &flow, Direction direction, const StepPlaces &places);

} // namespace designer
