#include "engine/flow_of_instance.h"

#include "engine/model/flow_reader.h"

#include <algorithm>

namespace engine {

Result<Flow> flowOf(Reader &reader, const InstanceSummary &instance)
{
    const auto flows = reader.flows();
    if (!flows)
        return flows.error();
    const auto stored = std::ranges::find_if(*flows, [&](const StoredFlow &one) {
        return one.flow == instance.flow && one.version == instance.version;
    });
    if (stored == flows->end())
        return Error{ErrorCode::Damaged,
            "flow '" + instance.flow.value + "' has no version " + std::to_string(instance.version),
            {}};
    auto read = readFlow(stored->text);
    if (!read)
        return read.error();
    return std::move(read->flow);
}

} // namespace engine
