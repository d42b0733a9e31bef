#include "engine/runtime/tasks/answer.h"

#include "engine/base/joined.h"
#include "engine/model/flow.h"
#include "engine/model/schema/schema.h"
#include "engine/model/written_json.h"
#include "engine/runtime/event_payload.h"

#include <algorithm>
#include <array>
#include <utility>

namespace engine {
namespace {

/// The string in a value, without the space around it.
std::string wordIn(const WrittenValue &value, std::string_view text)
{
    std::string word = unquoted(value.in(text));
    const auto isSpace = [](char letter) { return letter == ' ' || letter == '\t' || letter == '\n'; };
    word.erase(word.begin(), std::ranges::find_if_not(word, isSpace));
    while (!word.empty() && isSpace(word.back()))
        word.pop_back();
    return word;
}

/// `true`, `false` or a name, as a value of its own or as member `approved`.
void readWord(AnswerParts &parts, const WrittenValue &value, std::string_view text)
{
    const std::string word =
        value.kind == JsonKind::String ? wordIn(value, text) : std::string(value.in(text));
    if (sameEventName(word, "true") || sameEventName(word, "false"))
        parts.agrees = sameEventName(word, "true");
    if (value.kind == JsonKind::String)
        parts.outcome = word;
}

/// A string member; anything else is a fault.
void readText(AnswerParts &parts, const WrittenMember &member, std::string_view text, auto &&take)
{
    if (member.value.kind == JsonKind::String)
        take(member.value.in(text));
    else if (member.value.kind != JsonKind::Null)
        parts.fault = "'" + member.key + "' must be a string";
}

void readMember(AnswerParts &parts, const WrittenMember &member, std::string_view text)
{
    if (member.key == "approved") {
        readWord(parts, member.value, text);
        parts.outcome.clear();
        if (!parts.agrees)
            parts.fault = "'approved' must be true or false";
    } else if (member.key == "outcome") {
        readText(parts, member, text, [&](auto) { parts.outcome = wordIn(member.value, text); });
    } else if (member.key == "by") {
        readText(parts, member, text, [&](auto) { parts.by = wordIn(member.value, text); });
    } else if (member.key == "comment") {
        readText(parts, member, text, [&](std::string_view written) {
            parts.comment = JsonText::trusted(std::string(written));
        });
    }
}

/// What an object holds besides the answer itself.
JsonText restOf(const WrittenValue &object, std::string_view text)
{
    constexpr std::array<std::string_view, 4> said{"approved", "outcome", "by", "comment"};
    if (const WrittenValue *data = findMember(object, "data"))
        return JsonText::trusted(std::string(data->in(text)));
    std::string rest = "{";
    for (const WrittenMember &member : object.members) {
        if (std::ranges::find(said, member.key) != said.end())
            continue;
        if (rest.size() > 1)
            rest += ',';
        rest += JsonText::ofString(member.key).text() + ':' + std::string(member.value.in(text));
    }
    return rest.size() > 1 ? JsonText::trusted(rest += '}') : JsonText();
}

std::string wanted(const ApprovalStep &approval)
{
    return "answer with one of " + joined(approval.outcomes, &ApprovalOutcome::name) +
           ", with true or false, or with an object that has 'outcome' or 'approved'";
}

/// What `true` or `false` means: the first outcome of that kind.
const ApprovalOutcome *outcomeOf(const ApprovalStep &approval, bool agrees)
{
    const OutcomeKind kind = agrees ? OutcomeKind::Positive : OutcomeKind::Negative;
    const auto found = std::ranges::find(approval.outcomes, kind, &ApprovalOutcome::kind);
    return found == approval.outcomes.end() ? nullptr : &*found;
}

/// A name goes before `true` and `false`, which may be names too.
const ApprovalOutcome *chosen(const ApprovalStep &approval, const AnswerParts &parts)
{
    const ApprovalOutcome *named =
        parts.outcome.empty() ? nullptr : findOutcome(approval, parts.outcome);
    return named || !parts.agrees ? named : outcomeOf(approval, *parts.agrees);
}

Error wrong(std::string message, std::string pointer = {})
{
    return {ErrorCode::InvalidArgument, std::move(message), std::move(pointer)};
}

/// Why the form is not filled in as it must be. Who says no need not fill it in.
std::optional<Error> formFault(
    const ApprovalStep &approval, const ApprovalOutcome &outcome, const JsonText &data)
{
    if (!approval.form || (data.isNull() && outcome.kind != OutcomeKind::Positive))
        return {};
    const auto faults = validate(*approval.form, data);
    if (faults.empty())
        return {};
    return wrong("the form is not filled in right: " + sentence(faults) +
                     "; send what it asks for in 'data'",
        "/data" + faults.front().pointer);
}

} // namespace

AnswerParts answerParts(const JsonText &payload)
{
    AnswerParts parts;
    const std::string &text = payload.text();
    const auto written = writtenJson(text);
    if (!written) {
        parts.fault = written.error().message;
        return parts;
    }
    if (written->kind == JsonKind::Object) {
        for (const WrittenMember &member : written->members)
            readMember(parts, member, text);
        parts.data = restOf(*written, text);
    } else {
        readWord(parts, *written, text);
    }
    if (parts.fault.empty() && !parts.agrees && parts.outcome.empty())
        parts.fault = "it says no outcome";
    return parts;
}

std::variant<GivenAnswer, Error> answerFrom(
    const ApprovalStep &approval, const JsonText &payload, const Source &source)
{
    AnswerParts parts = answerParts(payload);
    if (!parts.fault.empty())
        return wrong("this is no answer, " + parts.fault + ": " + wanted(approval));
    const ApprovalOutcome *outcome = chosen(approval, parts);
    if (!outcome)
        return wrong("there is no outcome '" +
                         (parts.outcome.empty() ? *parts.agrees ? "true" : "false" : parts.outcome) +
                         "': " + wanted(approval),
            "/outcome");
    const bool isSilent = parts.comment.isNull() || parts.comment.text() == R"("")";
    if (isSilent && (approval.requiresComment || outcome->requiresComment))
        return wrong("'" + outcome->name + "' needs a comment; say why in 'comment'", "/comment");
    if (auto fault = formFault(approval, *outcome, parts.data))
        return *std::move(fault);
    return GivenAnswer{outcome, actor(parts.by, source),
        isSilent ? JsonText() : std::move(parts.comment), std::move(parts.data)};
}

JsonText payloadOfAnswer(const std::string &outcome, const std::string &comment,
    const JsonText &data, const std::string &by)
{
    std::string text = "{\"outcome\":" + JsonText::ofString(outcome).text();
    if (!comment.empty())
        text += ",\"comment\":" + JsonText::ofString(comment).text();
    if (!by.empty())
        text += ",\"by\":" + JsonText::ofString(by).text();
    if (!data.isNull())
        text += ",\"data\":" + data.text();
    return JsonText::trusted(text += '}');
}

std::string actor(const std::string &by, const Source &source)
{
    if (!by.empty())
        return by;
    return source.who.empty() ? source.via : source.who;
}

} // namespace engine
