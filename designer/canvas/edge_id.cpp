#include "designer/canvas/edge_id.h"

namespace designer {

EdgeId edgeId(const engine::Transition &transition, std::size_t position)
{
    using Kind = engine::Transition::Kind;
    switch (transition.kind) {
    case Kind::Next: return {transition.from, "next"};
    case Kind::Timeout: return {transition.from, "timeout"};
    case Kind::Otherwise: return {transition.from, "otherwise"};
    case Kind::Event: return {transition.from, "event:" + transition.label};
    case Kind::Outcome: return {transition.from, "outcome:" + transition.label};
    case Kind::Error: return {transition.from, "error:" + transition.label};
    case Kind::Branch:
        if (transition.label.empty())
            return {transition.from, "do"};
        return {transition.from, "branch:" + transition.label};
    case Kind::Case: break;
    }
    return {transition.from, "case:" + std::to_string(position + 1)};
}

} // namespace designer
