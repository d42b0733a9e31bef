#pragma once

#include "engine/base/ids.h"

#include <QDialog>

#include <string>
#include <vector>

class QComboBox;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;

namespace app {
class JsonEditor;
}

namespace engine {
struct Flow;
}

namespace monitor {

class Feed;
class RunModel;

/// What a raise needs to know of where it goes.
struct RaiseTarget {
    engine::InstanceId instance;
    QString flow;                       ///< `OrderFulfillment v8`
    const engine::Flow *declared;       ///< nullptr: no suggestions
    std::vector<std::string> waitedFor; ///< names of open waits, offered first
    QString restUrl;                    ///< `http://127.0.0.1:7071`; empty: no terminal text
};

/// Raises an event: names and examples from the declared events, the same call as curl. Sends what
/// the REST port would take and stays open with the reason when the engine refuses. Main thread.
class RaiseEventDialog : public QDialog
{
    Q_OBJECT

public:
    RaiseEventDialog(Feed &feed, const RaiseTarget &target, QWidget *parent = nullptr);

Q_SIGNALS:
    void raised(const engine::InstanceId &instance, const QString &event);

private:
    void build(const RaiseTarget &target);
    QWidget *makeFields(const RaiseTarget &target);
    QWidget *makeTerminal();
    QWidget *makeButtons();
    void fillEvents(const RaiseTarget &target);
    QString eventName() const;
    void fillWithExample();
    void check();
    void showTerminal();
    void send();
    void showError(const QString &sentence);

    Feed &m_feed;
    engine::InstanceId m_instance;
    QString m_restUrl;
    std::vector<std::pair<QString, QString>> m_examples; ///< by event name
    QComboBox *m_event = nullptr;
    QPushButton *m_example = nullptr;
    app::JsonEditor *m_payload = nullptr;
    QLineEdit *m_eventId = nullptr;
    QPlainTextEdit *m_terminal = nullptr;
    QLabel *m_error = nullptr;
    QPushButton *m_raise = nullptr;
};

} // namespace monitor
