#include "engine/model/activity_check.h"

#include "engine/base/json_pointer.h"
#include "engine/base/json_scan.h"
#include "engine/model/activity_forms.h"
#include "engine/model/nearest_name.h"
#include "engine/model/written_json.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace engine {
namespace {

bool isWholeExpression(const Template &value)
{
    return value.pieces.size() == 1 && std::holds_alternative<Expression>(value.pieces.front());
}

/// `file, http and log`.
std::string sentence(const std::vector<std::string> &names)
{
    std::string text;
    for (std::size_t i = 0; i < names.size(); ++i)
        text += (i == 0 ? "" : i + 1 == names.size() ? " and " : ", ") + names[i];
    return text;
}

/// A `with` that is written out, member by member.
class WithCheck
{
public:
    WithCheck(const Step &step, const JsonText &with, CheckReport &report)
        : m_step(step)
        , m_text(with.text())
        , m_report(report)
    {
        if (auto written = writtenJson(m_text))
            m_written = *std::move(written);
    }

    void checkMembers(const ActivityForm &form)
    {
        for (const std::string_view name : form.required)
            if (!findMember(m_written, name))
                return error("missing-member", "'with' of %1 needs '%2'.",
                    {std::string(form.name), std::string(name)});
        const std::string with = placeOf(m_step.id, "with").pointer;
        const std::vector<std::string> known(form.members.begin(), form.members.end());
        for (const WrittenMember &member : m_written.members) {
            const std::string place = childPointer(with, member.key);
            if (std::ranges::find(form.members, member.key) == form.members.end())
                m_report
                    .warning("unknown-member", {m_step.id, place},
                        "'with' of %1 has no use for '%2'.", {std::string(form.name), member.key})
                    .mend(mendOfUnknown(place, member.key, m_report.absent(with, known)));
        }
        if (form.name == "http")
            checkUrl();
        else if (form.name == "process")
            checkCommand();
        else if (form.name == "file")
            checkFile();
        else if (form.name == "sql" || form.name == "mail")
            checkConnection();
    }

private:
    void error(std::string id, std::string text, std::vector<std::string> arguments = {})
    {
        m_report.error(
            std::move(id), placeOf(m_step.id, "with"), std::move(text), std::move(arguments));
    }

    /// The text of a member that only running the flow could change; nothing if there is none.
    std::optional<std::string> constant(std::string_view member) const
    {
        const WrittenValue *value = findMember(m_written, member);
        if (!value || value->kind != JsonKind::String)
            return {};
        std::string text = unquoted(value->in(m_text));
        if (text.starts_with("=="))
            return text.substr(1);
        return text.starts_with('=') ? std::nullopt : std::optional(std::move(text));
    }

    void checkUrl()
    {
        const auto url = constant("url");
        if (url && !url->starts_with("http://") && !url->starts_with("https://"))
            error("wrong-value", "'url' must begin with http:// or https://; it is '%1'.", {*url});
    }

    void checkCommand()
    {
        const WrittenValue *command = findMember(m_written, "command");
        const bool list = command && command->kind == JsonKind::Array && !command->members.empty();
        const bool expression =
            command && command->kind == JsonKind::String && !constant("command");
        if (!list && !expression)
            error("wrong-value", "'command' must be a list: the program, then each of its "
                                 "arguments; there is no shell.");
    }

    void checkConnection()
    {
        const auto name = constant("connection");
        if (name && (name->find_first_of(":/{ ") != std::string::npos || name->empty()))
            error("wrong-value",
                "'connection' must be the name of a secret that holds the address; it is '%1'.",
                {*name});
    }

    void checkFile()
    {
        constexpr std::array<std::string_view, 3> modes{"read", "write", "append"};
        const auto mode = constant("mode");
        if (mode && std::ranges::find(modes, *mode) == modes.end())
            return error(
                "wrong-value", "'mode' must be read, write or append; it is '%1'.", {*mode});
        const bool writes = mode && *mode != "read";
        if (writes && !findMember(m_written, "content"))
            error("missing-member", "'with' of %1 needs '%2'.", {"file", "content"});
        const auto path = constant("path");
        if (path && ("/" + *path + "/").find("/../") != std::string::npos)
            error("wrong-value", "'path' must not hold '..'; it is '%1'.", {*path});
    }

    const Step &m_step;
    const std::string &m_text;
    CheckReport &m_report;
    WrittenValue m_written;
};

/// A program that disappears is noticed by its lease alone (semantics 5.5).
void checkWorker(const Step &step, const ActivityStep &worker, CheckReport &report)
{
    if (worker.retry)
        return;
    report
        .hint("worker-without-retry", placeOf(step.id, "activity"),
            "A lease that runs out ends the step with WorkerError; give it 'retry', and somebody "
            "else gets the work.")
        .mend(Mend{Mend::Kind::Add, placeOf(step.id, "retry").pointer,
            R"({"attempts": 3, "first": "PT1S"})"});
}

} // namespace

void checkActivity(const Step &step, const ActivityStep &activity, CheckReport &report)
{
    const CheckPlace place = placeOf(step.id, "activity");
    if (activity.activity.empty()) {
        report.error("missing-activity", place, "Say with 'activity' what is to be done.");
        return;
    }
    const ActivityForm *form = findActivityForm(activity.activity);
    if (!form) {
        report
            .error("unknown-activity", place, "This version has no activity '%1'; it has %2.",
                {activity.activity, sentence(activityNames())})
            .mend(mendOfName(place.pointer, activity.activity, activityNames()));
        return;
    }
    if (form->name == "worker")
        checkWorker(step, activity, report);
    const JsonText &with = activity.with.written;
    if (isWholeExpression(activity.with))
        return;
    if (!with.isNull() && !with.text().starts_with('{')) {
        report.error(
            "wrong-type", placeOf(step.id, "with"), "'with' must be an object or an expression.");
        return;
    }
    WithCheck(step, with, report).checkMembers(*form);
    if (!form->takesSecrets && with.text().find("${secret:") != std::string::npos)
        report.error("no-secrets-here", placeOf(step.id, "with"),
            "%1 takes no secrets: what it makes of them would be seen.", {std::string(form->name)});
}

} // namespace engine
