#include "designer/document/new_step.h"

#include <algorithm>
#include <utility>

namespace designer {
namespace {

engine::Template literal(const char *json)
{
    return engine::templateFrom(engine::JsonText::trusted(json));
}

/// Steps that route, start others, or speak to the outside.
engine::StepBody newRoutingBody(std::string_view kind)
{
    if (kind == "parallel")
        return engine::ParallelStep{};
    if (kind == "join")
        return engine::JoinStep{};
    if (kind == "forEach")
        return engine::ForEachStep{.items = {"[1, 2, 3]"}};
    if (kind == "subFlow")
        return engine::SubFlowStep{.flow = literal(R"("")")};
    if (kind == "send")
        return engine::SendStep{.instance = literal(R"("")")};
    if (kind == "emit")
        return engine::EmitStep{.url = literal(R"("")"), .type = literal(R"("")")};
    if (kind == "continueAsNew")
        return engine::ContinueAsNewStep{};
    if (kind == "resume")
        return engine::ResumeStep{};
    if (kind == "note")
        return engine::NoteStep{};
    return engine::UnknownStep{.kind = std::string(kind),
        .written = engine::JsonText::trusted(
            "{ \"kind\": " + engine::JsonText::ofString(kind).text() + " }")};
}

std::string withoutNumber(std::string_view id)
{
    const std::size_t end = id.find_last_not_of("0123456789");
    return std::string(end == std::string_view::npos ? id : id.substr(0, end + 1));
}

} // namespace

const std::vector<std::string_view> &newStepKinds()
{
    static const std::vector<std::string_view> kinds{"wait", "collect", "timer", "http", "script",
        "process", "file", "sql", "mail", "notify", "worker", "log", "set", "subFlow", "approval",
        "choice", "parallel", "forEach", "join", "send", "emit", "end", "fail", "continueAsNew",
        "resume", "note"};
    return kinds;
}

std::optional<engine::ActivityStep> newActivity(std::string_view name)
{
    static const std::vector<std::pair<std::string_view, const char *>> inputs{
        {"http", R"({ "method": "GET", "url": "" })"},
        {"script", R"({ "code": "" })"},
        {"process", R"({ "command": [] })"},
        {"file", R"({ "path": "", "mode": "read" })"},
        {"sql", R"({ "connection": "", "query": "" })"},
        {"mail", R"({ "to": "", "subject": "", "text": "" })"},
        {"notify", R"({ "title": "" })"},
        {"worker", R"({ "name": "" })"},
        {"log", R"({ "message": "" })"},
    };
    for (const auto &[known, with] : inputs)
        if (known == name)
            return engine::ActivityStep{.activity = std::string(name), .with = literal(with)};
    return std::nullopt;
}

engine::ApprovalStep newApproval()
{
    return {.outcomes = {{"approve", engine::OutcomeKind::Positive, false, {}},
                {"reject", engine::OutcomeKind::Negative, false, {}}},
        .due = literal(R"("P2D")"),
        .fallback = "reject"};
}

engine::StepBody newStepBody(std::string_view kind)
{
    if (auto activity = newActivity(kind == "activity" ? "http" : kind))
        return *std::move(activity);
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
    if (kind == "approval")
        return newApproval();
    if (kind == "end")
        return engine::EndStep{};
    if (kind == "fail")
        return engine::FailStep{.type = literal(R"("Failed")")};
    return newRoutingBody(kind);
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
