#include "engine/base/calendar.h"
#include "engine/runtime/filled.h"
#include "engine/runtime/steps/steps.h"

#include <utility>

namespace engine {
/// What is posted is fixed here, time included; id and source come from the key of the activity and
/// the instance.
void enter(Deciding &deciding, const BranchPath &branch, const Step &step, const EmitStep &body)
{
    auto url = textFrom(deciding, body.url, {branch, step.id, "url"});
    if (auto *failure = std::get_if<Failure>(&url))
        return deciding.failStep(branch, step, std::move(*failure));
    auto type = textFrom(deciding, body.type, {branch, step.id, "type"});
    if (auto *failure = std::get_if<Failure>(&type))
        return deciding.failStep(branch, step, std::move(*failure));
    auto data = fillOr(deciding, body.data, {branch, step.id, "data"});
    if (auto *failure = std::get_if<Failure>(&data))
        return deciding.failStep(branch, step, std::move(*failure));

    const auto quoted = [](const std::string &text) { return JsonText::ofString(text).text(); };
    std::string input = "{\"url\":" + quoted(std::get<std::string>(url)) +
                        ",\"type\":" + quoted(std::get<std::string>(type)) +
                        ",\"time\":" + quoted(toText(deciding.now()));
    if (body.data)
        input += ",\"data\":" + std::get<JsonText>(data).text();
    schedule(deciding, {branch, step.id, "emit", JsonText::trusted(input += '}')});
}

} // namespace engine
