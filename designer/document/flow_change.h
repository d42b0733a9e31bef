#pragma once

#include "engine/base/ids.h"

#include <variant>

namespace designer {

struct StepAdded {
    engine::StepId step;

    bool operator==(const StepAdded &) const = default;
};

struct StepRemoved {
    engine::StepId step;

    bool operator==(const StepRemoved &) const = default;
};

/// Fields, name or ways out.
struct StepChanged {
    engine::StepId step;

    bool operator==(const StepChanged &) const = default;
};

/// Another id; where others lead to it, each of them has a StepChanged of its own.
struct StepRenamed {
    engine::StepId from;
    engine::StepId to;

    bool operator==(const StepRenamed &) const = default;
};

struct StepMoved {
    engine::StepId step;

    bool operator==(const StepMoved &) const = default;
};

struct StartChanged {
    bool operator==(const StartChanged &) const = default;
};

/// Name, description, events, input schema, variables, interrupts, direction.
struct FlowPropertiesChanged {
    bool operator==(const FlowPropertiesChanged &) const = default;
};

/// Anything may differ, but it is the same flow: a problem was mended in the file's text.
struct FlowReplaced {
    bool operator==(const FlowReplaced &) const = default;
};

/// Another flow altogether: opened, reloaded, restored.
struct FlowReset {
    bool operator==(const FlowReset &) const = default;
};

/// What one write to a FlowDocument changed.
using FlowChange = std::variant<StepAdded, StepRemoved, StepChanged, StepRenamed, StepMoved,
    StartChanged, FlowPropertiesChanged, FlowReplaced, FlowReset>;

} // namespace designer
