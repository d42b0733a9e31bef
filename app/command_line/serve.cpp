#include "app/command_line/commands.h"
#include "app/command_line/data_directory.h"
#include "app/command_line/input_file.h"
#include "app/command_line/printing.h"
#include "app/command_line/problem_text.h"
#include "app/command_line/termination.h"
#include "engine/engine.h"
#include "engine/expressions/javascript/javascript.h"
#include "engine/rest/rest_server.h"
#include "engine/wire/json_writer.h"

#include <QCoreApplication>
#include <QDir>
#include <QLoggingCategory>

#include <future>

#ifndef Q_OS_WIN
#include <sys/resource.h>
#endif

namespace app {

namespace {

using engine::Error;
using engine::ErrorCode;
using engine::Result;

Q_LOGGING_CATEGORY(serveLog, "app.serve", QtInfoMsg)

/// The server holds up to 1,024 connections beside the engine's files; many systems begin with
/// 1,024 descriptors and allow far more.
void raiseDescriptorLimit()
{
#ifndef Q_OS_WIN
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return;
    constexpr rlim_t wanted = 16'384;
    limit.rlim_cur = std::max(limit.rlim_cur, std::min(limit.rlim_max, wanted));
    ::setrlimit(RLIMIT_NOFILE, &limit);
#endif
}

Result<engine::DeployedFlow> deployAndWait(engine::Engine &engine, const std::string &text)
{
    std::promise<Result<engine::DeployedFlow>> answer;
    auto deployed = answer.get_future();
    engine.door().flows.deploy({text, false, {"command", "serve --flows"}},
        [&answer](auto result) { answer.set_value(std::move(result)); });
    return deployed.get();
}

/// What became of a file, in one line or several.
Result<std::string> deployFile(engine::Engine &engine, const std::string &file)
{
    const auto text = fileText(file);
    if (!text)
        return text.error();
    const auto deployed = deployAndWait(engine, *text);
    if (!deployed)
        return deployed.error();
    const std::string problems = problemText(file, deployed->problems);
    if (deployed->version == 0)
        return Error{ErrorCode::InvalidArgument, "the flow has errors\n" + problems, {}};
    return "flow=" + deployed->flow.value + " version=" + std::to_string(deployed->version);
}

/// Wrong files are reported and skipped; a directory that is not there is an error.
Result<void> deployFlows(engine::Engine &engine, const std::string &directory)
{
    if (directory.empty())
        return {};
    const QDir flows(QString::fromStdString(directory));
    if (!flows.exists())
        return Error{ErrorCode::NotFound, "there is no directory '" + directory + "' of flows", {}};
    const auto names = flows.entryList({QStringLiteral("*.flow.json")}, QDir::Files, QDir::Name);
    for (const QString &name : names) {
        const std::string file = flows.filePath(name).toStdString();
        if (const auto deployed = deployFile(engine, file))
            qCInfo(serveLog, "%s", deployed->c_str());
        else
            qCWarning(
                serveLog, "%s is skipped: %s", file.c_str(), deployed.error().message.c_str());
    }
    return {};
}

engine::RestOptions restOptions(const ServeCommand &command, const std::string &key)
{
    engine::RestOptions options;
    options.port = command.port;
    options.hub = command.hub;
    options.key = key;
    options.rpc = command.rpc;
    options.log = [](const std::string &line) { qCCritical(serveLog, "%s", line.c_str()); };
    return options;
}

std::string readyLine(const RunningServer &server)
{
    engine::JsonObjectWriter line;
    line.text("url", server.url).text("hub", server.hub).number("pid", server.pid);
    return std::move(line).finish() + "\n";
}

/// Serves until it is told to end, or the engine stops by itself.
int serveUntilTold(engine::Engine &engine)
{
    QObject::connect(&engine, &engine::Engine::halted, qApp, [](const QString &problem) {
        printError("the engine stopped: " + problem.toStdString());
        QCoreApplication::exit(Refused);
    });
    QObject::connect(&engine, &engine::Engine::damaged, qApp,
        [](const QString &damage) { printError(damage.toStdString()); });
    return QCoreApplication::exec();
}

} // namespace

int run(const ServeCommand &command)
{
    raiseDescriptorLimit();
    const Termination termination([] { QCoreApplication::exit(Done); });
    const engine::SystemClock clock;
    engine::SystemRandom random;
    engine::EngineOptions options;
    options.directory = dataDirectory(command.data);
    options.allowed = command.allowed;
    const auto opened = engine::Engine::open(options, {clock, random, engine::makeJavaScript});
    if (!opened)
        return fail(opened.error(), Refused);
    engine::Engine &engine = **opened;
    if (const auto flows = deployFlows(engine, command.flows); !flows)
        return fail(flows.error(), WrongUsage);
    const auto key =
        command.key.empty() ? keptOrNewKey(options.directory) : Result<std::string>(command.key);
    if (!key)
        return fail(key.error(), Refused);
    const auto rest = engine::RestServer::open(restOptions(command, *key), engine.door());
    if (!rest)
        return fail(rest.error(), Refused);
    engine.callBackThrough((*rest)->callbackUrls());
    const RunningServer server{.url = "http://127.0.0.1:" + std::to_string((*rest)->port()),
        .hub = command.hub,
        .pid = QCoreApplication::applicationPid(),
        .key = command.key};
    const auto file = ServerFile::write(options.directory, server);
    if (!file)
        return fail(file.error(), Refused);
    print(readyLine(server));
    qCInfo(serveLog, "url=%s data=%s", server.url.c_str(), options.directory.c_str());
    const int status = serveUntilTold(engine);
    qCInfo(serveLog, "ending");
    return status;
}

} // namespace app
