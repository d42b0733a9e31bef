#pragma once

#include "monitor/diagram.h"

#include <QTimer>
#include <QWidget>

#include <memory>
#include <string>

class QLabel;
class QPushButton;
class QTabBar;

namespace app {
class BadgeLabel;
class JsonView;
} // namespace app

namespace monitor {

class Feed;
class FlowBook;
class HistoryView;
class RunModel;
class WaitsView;

/// One instance: header, the flow with how far it is, what it waits for, log and data; all one
/// selection, all live. Main thread.
class InstanceView : public QWidget
{
    Q_OBJECT

public:
    struct Parts {
        Feed &feed;
        FlowBook &flows;
        const MakeDiagram &makeDiagram;
        QString restUrl; ///< for the terminal text of the raise dialog; may be empty
    };

    InstanceView(const Parts &parts, const engine::InstanceId &instance, QWidget *parent = nullptr);
    ~InstanceView() override;

    const engine::InstanceId &instance() const;
    /// Opens the dialog; `event` is offered first.
    void raiseEvent(const QString &event = {});

Q_SIGNALS:
    /// Something to tell in passing: `Event raised`.
    void said(const QString &sentence);

protected:
    void changeEvent(QEvent *event) override;

private:
    QWidget *makeHead();
    QWidget *makeBody();
    QWidget *makeData();
    void connectRun();
    void showSummary();
    void showFacts();
    void showFlow();
    void showData();
    void terminate();

    Feed &m_feed;
    FlowBook &m_flows;
    QString m_restUrl;
    RunModel *m_run;
    std::unique_ptr<Diagram> m_diagram;
    bool m_flowShown = false;
    QLabel *m_title = nullptr;
    app::BadgeLabel *m_badge = nullptr;
    QLabel *m_facts = nullptr;
    QLabel *m_problem = nullptr;
    QPushButton *m_raise = nullptr;
    QPushButton *m_terminate = nullptr;
    WaitsView *m_waits = nullptr;
    HistoryView *m_history = nullptr;
    app::JsonView *m_data = nullptr;
    std::string m_shownData;
    QTimer m_clock; ///< once a second: the age grows
};

} // namespace monitor
