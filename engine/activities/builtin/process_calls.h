#pragma once

#include "engine/activities/builtin/net_activity.h"
#include "engine/activities/builtin/process_request.h"

#include <QProcess>
#include <QTimer>

#include <map>
#include <optional>
#include <string>

namespace engine {

/// One program that runs, in a process group of its own. Net thread.
class ProcessCall : public QObject
{
    Q_OBJECT

public:
    ProcessCall(
        const ProcessRequest &request, Milliseconds grace, ActivityDone done, QObject *parent);
    /// Kills what still runs.
    ~ProcessCall() override;

    /// Starts it, and ends it after `timeout` (0: never).
    void start(Milliseconds timeout);
    /// Asks the program to end, kills it after the grace; `outcome` is told when it is gone.
    void end(ActivityOutcome outcome);

signals:
    void ended();

private:
    void read();
    void finish(int exitCode, QProcess::ExitStatus status);
    void failToStart();
    void tell(ActivityOutcome outcome);
    void signalAll(int signal) const;
    ActivityOutcome outcomeOf(int exitCode, QProcess::ExitStatus status) const;

    QProcess m_process;
    QByteArray m_input;
    QByteArray m_output;
    QByteArray m_errors; ///< the last of what it said on standard error
    std::string m_name;  ///< of the program
    Milliseconds m_grace;
    QTimer m_timeout;
    QTimer m_kill;
    std::optional<ActivityOutcome> m_verdict; ///< decided before it ended
    ActivityDone m_done;
    qint64 m_group = 0; ///< 0: none
};

/// All programs that run. Net thread.
class ProcessCalls : public NetWork
{
    Q_OBJECT

public:
    explicit ProcessCalls(Milliseconds grace)
        : m_grace(grace)
    {}

    void start(const ActivityRequest &request, ActivityDone done) override;
    void cancel(const ActivityKey &key) override;

private:
    Milliseconds m_grace;
    std::map<ActivityKey, ProcessCall *> m_calls; ///< our children
};

} // namespace engine
