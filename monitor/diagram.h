#pragma once

#include "engine/history/run_progress.h"
#include "engine/model/flow.h"

#include <QWidget>

#include <functional>
#include <memory>

namespace monitor {

/// Whoever can draw a flow, read-only; app fulfils it with designer's canvas. Main thread.
class Diagram
{
public:
    virtual ~Diagram() = default;

    /// The widget to place in a layout; owned by its Qt parent.
    virtual QWidget *widget() = 0;
    virtual void showFlow(const engine::Flow &flow) = 0;
    /// How far an instance is; repaints what differs only.
    virtual void mark(const engine::RunProgress &progress) = 0;
    /// Called with the step that the user chose, empty for none.
    virtual void whenStepChosen(std::function<void(const engine::StepId &)> chosen) = 0;
    virtual void chooseStep(const engine::StepId &step) = 0;
};

using MakeDiagram = std::function<std::unique_ptr<Diagram>(QWidget *parent)>;

} // namespace monitor
