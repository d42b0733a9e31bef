#pragma once

#include "engine/activities/builtin/net_activity.h"
#include "engine/activities/builtin/http_request.h"

#include <QNetworkAccessManager>
#include <QObject>
#include <QTimer>

#include <map>
#include <memory>
#include <vector>

class QNetworkReply;

namespace engine {

/// One request on its way. Net thread.
class HttpCall : public QObject
{
    Q_OBJECT

public:
    /// Begins; tells `done` once. `timeout` 0: none.
    HttpCall(QNetworkAccessManager &manager, const HttpRequest &request, Milliseconds timeout,
        ActivityDone done);
    ~HttpCall() override;

    void end(ActivityOutcome outcome);

signals:
    void ended();

private:
    void read();

    QNetworkReply *m_reply;
    QTimer m_timer;
    ActivityDone m_done;
};

/// All requests that are under way. Net thread.
class HttpCalls : public NetWork
{
    Q_OBJECT

public:
    void start(const ActivityRequest &request, ActivityDone done) override;
    void cancel(const ActivityKey &key) override;

private:
    /// A manager opens six connections to a server and lets the rest wait, so there are several.
    struct Manager {
        std::unique_ptr<QNetworkAccessManager> manager;
        int calls = 0;
    };
    std::size_t leastBusyManager();

    std::vector<Manager> m_managers;
    std::map<ActivityKey, std::unique_ptr<HttpCall>> m_calls;
};

} // namespace engine
