#include "engine/model/flow_writer.h"

#include "engine/model/flow_json.h"
#include "engine/model/flow_reader.h"
#include "engine/model/json_merge.h"
#include "engine/model/written_json.h"

namespace engine {

std::string writeFlow(const Flow &flow, std::string_view original)
{
    const OrderedJson after = flowJson(flow);
    const auto read = readFlow(original);
    if (!read)
        return printed(after, {}) + "\n";
    return mergedJson(original, flowJson(read->flow), after);
}

} // namespace engine
