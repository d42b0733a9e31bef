#include "engine/rest/durable_functions/routes.h"

#include "engine/rest/durable_functions/answers.h"
#include "engine/rest/durable_functions/handlers.h"

#include <algorithm>
#include <array>
#include <span>

namespace engine {

namespace {

constexpr std::string_view webhookBase = "/runtime/webhooks/durabletask";
constexpr std::string_view rpcBase = "/durabletask";

using Segments = std::vector<std::string>;

/// The whole path is decoded first, as a form: `%2F` separates, `+` is a space.
Segments decodedSegments(std::string_view target)
{
    const std::string path = urlDecoded(pathOf(target), PlusSign::Space);
    const auto segments = pathSegments(path);
    return {segments.begin(), segments.end()};
}

struct PrefixRow {
    DurablePrefix prefix;
    std::vector<std::string_view> segments;
};

bool beginsWith(const Segments &segments, const PrefixRow &row)
{
    return segments.size() >= row.segments.size() &&
           std::ranges::equal(row.segments, std::span(segments).first(row.segments.size()),
               [](std::string_view one, std::string_view other) { return sameText(one, other); });
}

const std::array<PrefixRow, 3> &prefixes()
{
    static const std::array<PrefixRow, 3> rows{
        PrefixRow{DurablePrefix::Webhook, {"runtime", "webhooks", "durabletask"}},
        PrefixRow{DurablePrefix::Admin, {"admin", "extensions", "DurableTaskExtension"}},
        PrefixRow{DurablePrefix::Rpc, {"durabletask"}},
    };
    return rows;
}

const PrefixRow *prefixOf(const Segments &segments)
{
    const auto found = std::ranges::find_if(
        prefixes(), [&](const PrefixRow &row) { return beginsWith(segments, row); });
    return found == prefixes().end() ? nullptr : &*found;
}

/// Another hub, and another storage, is one that nothing is in.
bool isForeign(const UrlQuery &query, const std::string &hub)
{
    const std::string wanted = query.value("taskHub");
    const std::string storage = query.value("connection");
    const bool ourHub = wanted.empty() || sameText(wanted, hub);
    const bool ourStorage =
        storage.empty() || sameText(storage, "Storage") || sameText(storage, "AzureWebJobsStorage");
    return !ourHub || !ourStorage;
}

RestResponse nothingThere(const Segments &rest, const std::string &method)
{
    const bool isList =
        method == "GET" &&
        ((rest.size() == 1 && sameText(rest.front(), "instances")) ||
            ((rest.size() == 1 || rest.size() == 2) && sameText(rest.front(), "entities")));
    return isList ? durableEmptyList() : durableEmpty(404);
}

} // namespace

std::optional<DurablePrefix> durablePrefix(std::string_view target)
{
    const PrefixRow *row = prefixOf(decodedSegments(target));
    return row ? std::optional(row->prefix) : std::nullopt;
}

HandedOut handedOut(const Exchange &exchange, const DurableContext &context)
{
    const auto &request = exchange.request();
    const bool keyless = request.key.empty();
    return {"http://" + request.host + std::string(keyless ? rpcBase : webhookBase), context.hub,
        request.key};
}

DurableFunctions::DurableFunctions(Context context)
    : m_router(LiteralCase::Any)
    , m_context(std::move(context))
{
    const auto add = [this](std::string method, std::string_view pattern,
                         void (*handle)(Exchange &, const DurableContext &)) {
        m_router.add(std::move(method), pattern,
            [context = m_context, handle](Exchange &exchange) { handle(exchange, context); });
    };
    add("POST", "orchestrators/{name}", durableStart);
    add("POST", "orchestrators/{name}/{id}", durableStart);
    add("GET", "instances", durableList);
    add("GET", "instances/{id}", durableStatus);
    add("DELETE", "instances", durablePurgeAll);
    add("DELETE", "instances/{id}", durablePurge);
    add("POST", "instances/{id}/terminate", durableTerminate);
    add("POST", "instances/{id}/suspend", durableSuspend);
    add("POST", "instances/{id}/resume", durableResume);
    add("POST", "instances/{id}/rewind", durableRewind);
    add("POST", "instances/{id}/restart", durableRestart);
    add("GET", "entities", durableEntities);
    add("GET", "entities/{name}", durableEntities);
    add("GET", "entities/{name}/{key}", durableEntity);
    add("POST", "entities/{name}/{key}", durableSignalEntity);
    add("DELETE", "entities/{name}/{key}", durableSignalEntity);
    for (const char *method : {"GET", "POST", "DELETE", "OPTIONS"}) // what the host lets through
        add(method, "makeprimary", durableMakePrimary);
    m_router.add("POST", "instances/{id}/raiseEvent/{event}",
        [context = m_context](Exchange &exchange) { durableRaiseEvent(exchange, context); },
        Right::Raise);
}

Right DurableFunctions::rightOf(const RestRequest &request) const
{
    Segments segments = decodedSegments(request.target);
    if (const PrefixRow *prefix = prefixOf(segments))
        segments.erase(segments.begin(),
            segments.begin() + static_cast<std::ptrdiff_t>(prefix->segments.size()));
    const auto match = m_router.match(request.method, segments);
    return match.handler ? match.right : request.method == "GET" ? Right::Read : Right::Change;
}

void DurableFunctions::answer(const std::shared_ptr<Exchange> &exchange) const
{
    Segments segments = decodedSegments(exchange->request().target);
    const PrefixRow *prefix = prefixOf(segments);
    if (!prefix)
        return exchange->answer(durableEmpty(404));
    segments.erase(
        segments.begin(), segments.begin() + static_cast<std::ptrdiff_t>(prefix->segments.size()));
    const std::string &method = exchange->request().method;
    if (isForeign(exchange->query(), m_context.hub))
        return exchange->answer(nothingThere(segments, method));
    auto match = m_router.match(method, segments);
    if (!match.handler)
        return exchange->answer(durableEmpty(404));
    exchange->setParameters(std::move(match.parameters));
    exchange->run([&] { (*match.handler)(*exchange); });
}

} // namespace engine
