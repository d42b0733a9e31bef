#include "engine/base/json_read.h"
#include "engine/history/json_slices.h"
#include "engine/rest/v1/answers.h"
#include "engine/rest/v1/routes.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <initializer_list>
#include <map>

// What an operator puts right in a live instance (semantics 9.5).

namespace engine {

namespace {

std::string keyOf(const MemberSlice &member)
{
    return JsonText::trusted('"' + std::string(member.key) + '"').tree().get<std::string>();
}

/// The body of a correction: its texts, and the bytes of a payload in it, which a tree would change.
class CorrectionBody
{
public:
    static Result<CorrectionBody> read(const Exchange &exchange, const JsonLimits &limits,
        std::initializer_list<std::string_view> texts, std::string_view payload)
    {
        auto text = JsonText::parse(exchange.request().body, limits);
        if (!text)
            return text.error();
        CorrectionBody body;
        const auto members = membersOf(text->text());
        if (!members)
            return Error{ErrorCode::InvalidArgument, "the body must be a JSON object", {}};
        for (const MemberSlice &member : *members) {
            const std::string key = keyOf(member);
            const bool isText = std::ranges::find(texts, key) != texts.end();
            if (!isText && key != payload)
                return Error{ErrorCode::InvalidArgument, "'" + key + "' is not known here", "/" + key};
            body.m_members[key] = JsonText::trusted(std::string(member.value));
            if (isText && member.value.front() != '"')
                return Error{ErrorCode::InvalidArgument, "'" + key + "' must be a text", "/" + key};
        }
        return body;
    }

    /// Empty if it is not given.
    std::string text(const std::string &key) const
    {
        const auto found = m_members.find(key);
        return found == m_members.end() ? std::string() : found->second.tree().get<std::string>();
    }
    std::optional<JsonText> payload(const std::string &key) const
    {
        const auto found = m_members.find(key);
        return found == m_members.end() ? std::nullopt : std::optional(found->second);
    }

private:
    std::map<std::string, JsonText> m_members;
};

void editVariables(Exchange &exchange, const V1Context &context)
{
    const auto body = CorrectionBody::read(exchange, context.payload, {"reason"}, "values");
    if (!body)
        return exchange.answer(problemAnswer(body.error()));
    EditRequest request{.instance = {exchange.parameter("id")},
        .reason = body->text("reason"),
        .source = exchange.source()};
    const JsonText written = body->payload("values").value_or(JsonText());
    const auto values = membersOf(written.text());
    if (!values)
        return exchange.answer(problemAnswer({ErrorCode::InvalidArgument,
            "'values' must be an object: the variables by their names", "/values"}));
    for (const MemberSlice &member : *values)
        request.values.emplace_back(
            keyOf(member), JsonText::trusted(std::string(member.value)));
    context.door.operations.editVariables(std::move(request), acceptedThen(exchange));
}

void skip(Exchange &exchange, const V1Context &context)
{
    const auto body = CorrectionBody::read(
        exchange, context.payload, {"branch", "step", "event", "reason"}, "result");
    if (!body)
        return exchange.answer(problemAnswer(body.error()));
    context.door.operations.skip(
        {{exchange.parameter("id")}, {body->text("branch")}, {body->text("step")},
            body->text("event"), body->payload("result"), body->text("reason"), exchange.source()},
        acceptedThen(exchange));
}

void move(Exchange &exchange, const V1Context &context)
{
    const auto body = CorrectionBody::read(
        exchange, context.payload, {"branch", "from", "to", "reason"}, {});
    if (!body)
        return exchange.answer(problemAnswer(body.error()));
    context.door.operations.move({{exchange.parameter("id")}, {body->text("branch")},
                                     {body->text("from")}, {body->text("to")},
                                     body->text("reason"), exchange.source()},
        acceptedThen(exchange));
}

} // namespace

void addCorrectionRoutes(Router &router, const V1Context &context)
{
    const auto add = [&](std::string_view pattern, void (*handle)(Exchange &, const V1Context &)) {
        router.add("POST", pattern,
            [context, handle](Exchange &exchange) { handle(exchange, context); });
    };
    add("api/v1/instances/{id}/variables", editVariables);
    add("api/v1/instances/{id}/skip", skip);
    add("api/v1/instances/{id}/move", move);
}

} // namespace engine
