#include "engine/activities/builtin/log_activity.h"

#include <QLoggingCategory>
#include <QString>

#include <nlohmann/json.hpp>

namespace engine {

Q_LOGGING_CATEGORY(activityLog, "engine.activity.log", QtDebugMsg)

namespace {

ActivityOutcome wrong(const std::string &message)
{
    return Failure{.type = "ValidationError", .message = message, .retriable = false};
}

/// One line, whatever the flow says, so that nobody can forge a second one.
QString oneLine(const std::string &text)
{
    QString line = QString::fromStdString(text);
    line.replace(u'\n', QStringLiteral("\\n"));
    for (QChar &c : line) {
        if (c.category() == QChar::Other_Control)
            c = u' ';
    }
    return line;
}

ActivityOutcome write(const ActivityRequest &request)
{
    const auto with = request.with.tree();
    if (!with.is_object() || !with.contains("message"))
        return wrong("log: 'with' must be an object with 'message'");
    const auto level = with.value("level", nlohmann::json("info"));
    const auto &message = with["message"];
    // Made only if somebody listens.
    const auto line = [&] {
        return QStringLiteral("instance=%1 %2")
            .arg(oneLine(request.instance.value),
                oneLine(message.is_string() ? message.get<std::string>()
                                            : JsonText::of(message).text()));
    };
    if (level == "debug")
        qCDebug(activityLog).noquote() << line();
    else if (level == "info")
        qCInfo(activityLog).noquote() << line();
    else if (level == "warning")
        qCWarning(activityLog).noquote() << line();
    else if (level == "critical")
        qCCritical(activityLog).noquote() << line();
    else
        return wrong("log: 'level' must be debug, info, warning or critical");
    return JsonText();
}

} // namespace

void LogActivity::start(const ActivityRequest &request, ActivityDone done) { done(write(request)); }

void LogActivity::cancel(const ActivityKey &) {}

} // namespace engine
