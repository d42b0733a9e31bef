#pragma once

#include "designer/tools/tool.h"

namespace designer {

/// A drag from a way out to the step where it is to lead; into the void it asks for a new step.
class ConnectTool
{
public:
    explicit ConnectTool(const ToolSurroundings &surroundings)
        : m(surroundings)
    {}

    /// Whether there is a way out, or the start mark, under the mouse to begin from.
    bool begin(const CanvasPointer &pointer);
    bool isActive() const { return m_way.has_value(); }
    void move(const CanvasPointer &pointer);
    void release(const CanvasPointer &pointer);
    void cancel();

private:
    std::optional<engine::StepId> target(const CanvasHit &hit) const;

    const ToolSurroundings &m;
    std::optional<engine::Transition> m_way;
    QPointF m_from;
};

} // namespace designer
