#include "app/command_line/connection.h"

#include "app/command_line/data_directory.h"
#include "engine/engine.h"
#include "engine/expressions/javascript/javascript.h"
#include "engine/rest/access.h"
#include "engine/rest/rest_server.h"

#include <QString>

namespace app {

namespace {

using engine::Result;

std::string keyFor(const Target &target)
{
    if (!target.key.empty())
        return target.key;
    return qEnvironmentVariable("SIGNALBOX_KEY").toStdString();
}

/// Where the server of a directory says that it is, and its key.
std::optional<ApiPlace> writtenPlace(const std::string &directory, const std::string &key)
{
    const auto server = runningServer(directory);
    if (!server)
        return {};
    ApiPlace place{server->url, key};
    if (place.key.empty())
        place.key = server->key;
    if (place.key.empty())
        if (const auto kept = keptKey(directory))
            place.key = *kept;
    return place;
}

/// The running server of a directory; nothing if its file is stale.
std::optional<ApiPlace> runningPlace(
    const std::string &directory, const Target &target, int patienceMs)
{
    auto place = writtenPlace(directory, keyFor(target));
    if (!place)
        return {};
    // The file may be of one that was killed, and its port of somebody else by now.
    const auto health = callApi(*place, {.path = "/api/v1/health", .patienceMs = patienceMs});
    if (!health || health->body.find("\"status\":") == std::string::npos)
        return {};
    return place;
}

} // namespace

/// Goes in the order of need: the port before the engine whose door it holds.
struct Connection::OwnEngine {
    engine::SystemClock clock;
    engine::SystemRandom random;
    std::unique_ptr<engine::Engine> engine;
    std::unique_ptr<engine::RestServer> rest;
};

Result<std::unique_ptr<Connection>> Connection::open(const Target &target)
{
    if (!target.url.empty())
        return std::unique_ptr<Connection>(
            new Connection({target.url, keyFor(target)}, {}, nullptr));
    const std::string directory = dataDirectory(target.data);
    if (auto place = runningPlace(directory, target, ApiCall().patienceMs))
        return std::unique_ptr<Connection>(new Connection(*std::move(place), directory, nullptr));
    return openEngine(directory);
}

Result<std::unique_ptr<Connection>> Connection::openEngine(const std::string &directory)
{
    auto own = std::make_unique<OwnEngine>();
    engine::EngineOptions options;
    options.directory = directory;
    auto opened = engine::Engine::open(options, {own->clock, own->random, engine::makeJavaScript});
    if (!opened)
        return opened.error();
    own->engine = *std::move(opened);
    engine::RestOptions port;
    port.key = engine::newAccessKey();
    port.keyLabel = "command line";
    auto rest = engine::RestServer::open(port, own->engine->door());
    if (!rest)
        return rest.error();
    own->rest = *std::move(rest);
    ApiPlace place{"http://127.0.0.1:" + std::to_string(own->rest->port()), port.key};
    return std::unique_ptr<Connection>(new Connection(std::move(place), {}, std::move(own)));
}

std::optional<ApiPlace> Connection::running(const Target &target, int patienceMs)
{
    if (!target.url.empty())
        return ApiPlace{target.url, keyFor(target)};
    return runningPlace(dataDirectory(target.data), target, patienceMs);
}

void Connection::findAgain()
{
    if (m_directory.empty())
        return;
    if (const auto place = writtenPlace(m_directory, {}))
        m_place.url = place->url;
}

Connection::Connection(ApiPlace place, std::string directory, std::unique_ptr<OwnEngine> own)
    : m_place(std::move(place))
    , m_directory(std::move(directory))
    , m_own(std::move(own))
{}

Connection::~Connection() = default;

} // namespace app
