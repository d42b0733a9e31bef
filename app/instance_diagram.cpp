#include "app/instance_diagram.h"

#include "designer/canvas/flow_canvas.h"

#include <QPointer>

namespace app {
namespace {

designer::StepState stateOf(engine::StepProgress progress, bool suspended)
{
    switch (progress) {
    case engine::StepProgress::NotReached: return designer::StepState::NotReached;
    case engine::StepProgress::Passed: return designer::StepState::Passed;
    case engine::StepProgress::Running: return designer::StepState::Running;
    case engine::StepProgress::Waiting:
        return suspended ? designer::StepState::Suspended : designer::StepState::Waiting;
    case engine::StepProgress::Failed: return designer::StepState::Failed;
    }
    return designer::StepState::NotReached;
}

designer::StepMark markOf(const engine::StepTrace &trace, bool suspended)
{
    return {.state = stateOf(trace.progress, suspended),
        .passes = trace.passes,
        .tokens = trace.tokens,
        .attempt = trace.attempt,
        .taken = trace.taken,
        .spent = trace.spent,
        .since = trace.since,
        .until = trace.until,
        .failureType = trace.failureType};
}

designer::RunOverlay overlayOf(const engine::RunProgress &progress)
{
    const bool suspended = progress.status == engine::InstanceStatus::Suspended;
    designer::RunOverlay overlay;
    for (const engine::StepTrace &trace : progress.steps)
        overlay.steps.emplace(trace.step, markOf(trace, suspended));
    for (const engine::WayTrace &way : progress.ways)
        overlay.ways[{way.from, way.way}] += way.times;
    return overlay;
}

class InstanceDiagram final : public monitor::Diagram
{
public:
    explicit InstanceDiagram(QWidget *parent)
        : m_canvas(new designer::FlowCanvas(parent))
    {
        m_canvas->setMinimapShown(false);
        m_canvas->setOverlay(
            designer::RunOverlay{}); // the mode line of Run from the first frame on
        m_selection =
            QObject::connect(m_canvas, &designer::FlowCanvas::selectionChanged, m_canvas, [this] {
                const auto &steps = m_canvas->selection().steps;
                if (m_chosen && !m_choosing)
                    m_chosen(steps.empty() ? engine::StepId{} : *steps.begin());
            });
    }

    ~InstanceDiagram() override
    {
        QObject::disconnect(m_selection); // the canvas may live on for a moment, without us
    }

    QWidget *widget() override { return m_canvas; }

    void showFlow(const engine::Flow &flow) override
    {
        if (m_canvas)
            m_canvas->setFlow(flow);
    }

    void mark(const engine::RunProgress &progress) override
    {
        if (m_canvas)
            m_canvas->setOverlay(overlayOf(progress));
    }

    void whenStepChosen(std::function<void(const engine::StepId &)> chosen) override
    {
        m_chosen = std::move(chosen);
    }

    void chooseStep(const engine::StepId &step) override
    {
        if (!m_canvas)
            return;
        m_choosing = true;
        designer::CanvasSelection selection;
        if (!step.empty())
            selection.steps.insert(step);
        m_canvas->setSelection(selection);
        if (!step.empty())
            m_canvas->reveal(step);
        m_choosing = false;
    }

private:
    QPointer<designer::FlowCanvas> m_canvas; ///< its Qt parent owns it and may go first
    QMetaObject::Connection m_selection;
    std::function<void(const engine::StepId &)> m_chosen;
    bool m_choosing = false; ///< what we select ourselves is not the user's choice
};

} // namespace

std::unique_ptr<monitor::Diagram> makeInstanceDiagram(QWidget *parent)
{
    return std::make_unique<InstanceDiagram>(parent);
}

} // namespace app
