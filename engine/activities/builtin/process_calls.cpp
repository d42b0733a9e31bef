#include "engine/activities/builtin/process_calls.h"

#include "engine/activities/grants.h"

#include <nlohmann/json.hpp>

#include <chrono>
#include <csignal>
#include <utility>

#include <sys/prctl.h>
#include <unistd.h>

namespace engine {

using namespace std::chrono_literals;

namespace {

constexpr qsizetype mostOutput = 1024 * 1024;
constexpr qsizetype keptErrors = 4096;

Failure failure(const std::string &message, bool retriable = true)
{
    return {.type = "ProcessError", .message = "process: " + message, .retriable = retriable};
}

/// What a program printed, as JSON where it is, else as a text.
JsonText outputOf(const QByteArray &printed)
{
    const std::string_view text(printed.data(), std::size_t(printed.size()));
    // In the result it stands one level deeper than by itself.
    auto parsed = JsonText::parse(text, {.depth = JsonLimits().depth - 2});
    return parsed ? *std::move(parsed) : JsonText::ofString(text);
}

/// In the child, before the program: a group of its own, so that its children can be ended too; and
/// it ends with us, however we end.
void standAlone()
{
    ::setpgid(0, 0);
    ::prctl(PR_SET_PDEATHSIG, SIGTERM);
}

} // namespace

ProcessCall::ProcessCall(
    const ProcessRequest &request, Milliseconds grace, ActivityDone done, QObject *parent)
    : QObject(parent)
    , m_input(request.input)
    , m_name(request.program.toStdString())
    , m_grace(grace)
    , m_done(std::move(done))
{
    m_process.setProgram(request.program);
    m_process.setArguments(request.arguments);
    m_process.setProcessEnvironment(request.environment);
    m_process.setWorkingDirectory(request.directory);
    m_process.setChildProcessModifier(standAlone);
    m_timeout.setSingleShot(true);
    m_kill.setSingleShot(true);
    connect(&m_process, &QProcess::readyReadStandardOutput, this, &ProcessCall::read);
    connect(&m_process, &QProcess::readyReadStandardError, this, &ProcessCall::read);
    connect(&m_process, &QProcess::finished, this, &ProcessCall::finish);
    connect(&m_process, &QProcess::started, this, [this] {
        m_group = m_process.processId();
        m_process.write(m_input);
        m_process.closeWriteChannel();
        if (m_verdict) // it was to end before it had begun
            signalAll(SIGTERM);
    });
    connect(&m_process, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            failToStart();
    });
    connect(&m_kill, &QTimer::timeout, this, [this] { signalAll(SIGKILL); });
}

ProcessCall::~ProcessCall()
{
    m_process.disconnect(this);
    signalAll(SIGKILL);
    if (m_process.state() != QProcess::NotRunning)
        m_process.waitForFinished(1000); // it is dead; this takes it off the list of processes
}

void ProcessCall::start(Milliseconds timeout)
{
    connect(&m_timeout, &QTimer::timeout, this, [this, timeout] {
        end(Failure{.type = "ActivityTimeout",
            .message = "process: '" + m_name + "' did not end within " +
                       std::to_string(timeout.count()) + " ms"});
    });
    if (timeout > 0ms)
        m_timeout.start(timeout);
    m_process.start();
}

void ProcessCall::end(ActivityOutcome outcome)
{
    if (m_verdict || !m_done)
        return;
    m_verdict = std::move(outcome);
    m_timeout.stop();
    signalAll(SIGTERM);
    m_kill.start(m_grace);
}

void ProcessCall::read()
{
    m_errors = (m_errors + m_process.readAllStandardError()).right(keptErrors);
    m_output += m_process.readAllStandardOutput();
    if (m_output.size() <= mostOutput)
        return;
    m_output.clear(); // what still comes is read, so that the program is not held up, and dropped
    end(failure("'" + m_name + "' printed more than 1 MiB", false));
}

void ProcessCall::signalAll(int signal) const
{
    if (m_group > 0)
        ::kill(-pid_t(m_group), signal);
}

ActivityOutcome ProcessCall::outcomeOf(int exitCode, QProcess::ExitStatus status) const
{
    const bool crashed = status == QProcess::CrashExit;
    const std::string output = outputOf(m_output).text();
    const std::string code = crashed ? "null" : std::to_string(exitCode);
    if (!crashed && exitCode == 0) {
        auto result = JsonText::parse("{\"exitCode\":0,\"output\":" + output + "}");
        if (!result)
            return failure("the output cannot be kept: " + result.error().message, false);
        return *std::move(result);
    }
    Failure failed = failure("'" + m_name + "' " +
                             (crashed ? "was ended by signal " + std::to_string(exitCode)
                                      : "ended with exit code " + code));
    const JsonText errors = JsonText::ofString({m_errors.data(), std::size_t(m_errors.size())});
    auto details = JsonText::parse(
        "{\"exitCode\":" + code + ",\"output\":" + output + ",\"errors\":" + errors.text() + "}");
    if (details)
        failed.details = *std::move(details);
    return failed;
}

void ProcessCall::finish(int exitCode, QProcess::ExitStatus status)
{
    read();
    m_kill.stop();
    if (m_verdict)
        signalAll(SIGKILL); // its children, if it left any
    m_group = 0;
    tell(m_verdict ? *m_verdict : outcomeOf(exitCode, status));
}

void ProcessCall::failToStart()
{
    tell(failure("'" + m_name + "' cannot be started: " + m_process.errorString().toStdString() +
                     "; is it installed, and does the directory exist?",
        false));
}

void ProcessCall::tell(ActivityOutcome outcome)
{
    if (auto done = std::exchange(m_done, nullptr)) {
        m_timeout.stop();
        done(std::move(outcome));
        emit ended();
    }
}

void ProcessCalls::start(const ActivityRequest &request, ActivityDone done)
{
    const auto asked = processRequestFrom(request);
    if (!asked)
        return done(Failure{
            .type = "ValidationError", .message = asked.error().message, .retriable = false});
    if (auto refused = refusal(request, asked->program.toStdString()))
        return done(*std::move(refused));
    cancel(request.key);
    auto *call = new ProcessCall(*asked, m_grace, std::move(done), this);
    connect(call, &ProcessCall::ended, this, [this, key = request.key, call] {
        const auto found = m_calls.find(key);
        if (found != m_calls.end() && found->second == call)
            m_calls.erase(found);
        call->deleteLater(); // not at once: we are inside one of its slots
    });
    m_calls[request.key] = call;
    call->start(request.timeout);
}

void ProcessCalls::cancel(const ActivityKey &key)
{
    if (const auto found = m_calls.find(key); found != m_calls.end())
        found->second->end(failure("canceled", false));
}

} // namespace engine
