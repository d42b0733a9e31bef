#include "designer/document/new_step.h"

#include <algorithm>

namespace designer {
namespace {

engine::Template literal(const char *json)
{
    return engine::templateFrom(engine::JsonText::trusted(json));
}

engine::ActivityStep activity(const char *name, const char *with)
{
    engine::ActivityStep step;
    step.activity = name;
    step.with = literal(with);
    return step;
}

std::string withoutNumber(std::string_view id)
{
    const std::size_t end = id.find_last_not_of("0123456789");
    return std::string(end == std::string_view::npos ? id : id.substr(0, end + 1));
}

} // namespace

const std::vector<std::string_view> &newStepKinds()
{
    static const std::vector<std::string_view> kinds{
        "wait", "collect", "timer", "http", "script", "log", "set", "choice", "end", "fail"};
    return kinds;
}

engine::StepBody newStepBody(std::string_view kind)
{
    if (kind == "http" || kind == "activity")
        return activity("http", R"({ "method": "GET", "url": "" })");
    if (kind == "script")
        return activity("script", R"({ "code": "" })");
    if (kind == "log")
        return activity("log", R"({ "message": "" })");
    if (kind == "wait")
        return engine::WaitStep{.events = {{"", {}}}};
    if (kind == "collect")
        return engine::CollectStep{.count = 10, .timeout = literal(R"("PT5M")")};
    if (kind == "timer")
        return engine::TimerStep{.after = literal(R"("PT1H")")};
    if (kind == "choice")
        return engine::ChoiceStep{.cases = {{}}};
    if (kind == "set")
        return engine::SetStep{};
    if (kind == "end")
        return engine::EndStep{};
    if (kind == "fail")
        return engine::FailStep{.type = literal(R"("Failed")")};
    return engine::UnknownStep{.kind = std::string(kind),
        .written = engine::JsonText::trusted(
            "{ \"kind\": " + engine::JsonText::ofString(kind).text() + " }")};
}

engine::StepId freeId(
    const engine::Flow &flow, std::string_view wanted, const std::set<std::string> &taken)
{
    const auto isTaken = [&](const std::string &id) {
        return taken.contains(id) || engine::findStep(flow, {id}) != nullptr;
    };
    std::string id(wanted);
    const std::string base = withoutNumber(wanted);
    for (int number = 2; isTaken(id); ++number)
        id = base + std::to_string(number);
    return {id};
}

std::string faultOfId(std::string_view id)
{
    if (id.empty())
        return "A step needs an id.";
    if (id.size() > 256)
        return "An id has at most 256 characters.";
    if (id.find('/') != std::string_view::npos)
        return "An id cannot contain '/'.";
    const bool control = std::ranges::any_of(
        id, [](char letter) { return static_cast<unsigned char>(letter) < 0x20; });
    return control ? "An id cannot contain control characters." : std::string();
}

} // namespace designer
