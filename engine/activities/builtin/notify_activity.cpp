#include "engine/activities/builtin/notify_activity.h"

#include <nlohmann/json.hpp>

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>

#include <chrono>
#include <map>
#include <optional>
#include <utility>

namespace engine {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr Milliseconds timeUnlessSaid = 25s;

Failure notifyFailure(const std::string &message, bool retriable)
{
    return {.type = "NotifyError", .message = "notify: " + message, .retriable = retriable};
}

std::optional<QDBusMessage> messageFrom(const ActivityRequest &request)
{
    const auto with = request.with.tree();
    const auto text = [&with](const char *member) {
        const auto value =
            with.is_object() ? with.value(member, nlohmann::json("")) : nlohmann::json();
        return value.is_string() ? QString::fromStdString(value.get<std::string>()) : QString();
    };
    const bool whole = with.is_object() && !text("title").isEmpty() &&
                       (!with.contains("text") || with["text"].is_string());
    if (!whole)
        return {};
    auto message = QDBusMessage::createMethodCall(u"org.freedesktop.Notifications"_s,
        u"/org/freedesktop/Notifications"_s, u"org.freedesktop.Notifications"_s, u"Notify"_s);
    // The text may be read as markup; a flow's data is none.
    message << u"Signalbox"_s << 0U << u"signalbox"_s << text("title")
            << text("text").toHtmlEscaped() << QStringList() << QVariantMap() << -1;
    return message;
}

/// Notifications that the desktop has not answered yet. Net thread.
class NotifyWork : public NetWork
{
public:
    explicit NotifyWork(QString bus)
        : m_bus(std::move(bus))
    {}
    ~NotifyWork() override { QDBusConnection::disconnectFromBus(name()); }

    void start(const ActivityRequest &request, ActivityDone done) override
    {
        const auto message = messageFrom(request);
        if (!message)
            return done(Failure{.type = "ValidationError",
                .message = "notify: 'with' must be an object with the texts 'title' and 'text'",
                .retriable = false});
        const auto bus = connection();
        if (!bus.isConnected())
            return done(notifyFailure(
                "there is no desktop to show it on: " + bus.lastError().message().toStdString(),
                false));
        const Milliseconds limit = request.timeout > 0ms ? request.timeout : timeUnlessSaid;
        auto *watcher =
            new QDBusPendingCallWatcher(bus.asyncCall(*message, int(limit.count())), this);
        m_dones[request.key] = std::move(done);
        connect(watcher, &QDBusPendingCallWatcher::finished, this,
            [this, watcher, request] { finish(request, *watcher); });
    }

    void cancel(const ActivityKey &key) override
    {
        tell(key, notifyFailure("canceled", false)); // what is shown stays
    }

private:
    QString name() const { return u"signalbox-%1"_s.arg(quintptr(this)); }

    QDBusConnection connection() const
    {
        QDBusConnection bus(name());
        if (bus.isConnected())
            return bus;
        QDBusConnection::disconnectFromBus(name()); // a session that has ended
        return m_bus.isEmpty() ? QDBusConnection::connectToBus(QDBusConnection::SessionBus, name())
                               : QDBusConnection::connectToBus(m_bus, name());
    }

    void finish(const ActivityRequest &request, QDBusPendingCallWatcher &watcher)
    {
        watcher.deleteLater();
        const QDBusError error = watcher.error();
        if (!watcher.isError())
            return tell(request.key, JsonText());
        if (error.type() == QDBusError::NoReply && request.timeout > 0ms)
            return tell(
                request.key, Failure{.type = "ActivityTimeout",
                                 .message = "notify: no answer within " +
                                            std::to_string(request.timeout.count()) + " ms"});
        tell(request.key,
            notifyFailure("the desktop did not show it: " + error.message().toStdString(), true));
    }

    void tell(const ActivityKey &key, ActivityOutcome outcome)
    {
        if (auto done = m_dones.extract(key))
            done.mapped()(std::move(outcome));
    }

    QString m_bus;
    std::map<ActivityKey, ActivityDone> m_dones;
};

} // namespace

NotifyActivity::NotifyActivity(QObject &net, const QString &bus)
    : NetActivity(net, std::make_unique<NotifyWork>(bus))
{}

} // namespace engine
