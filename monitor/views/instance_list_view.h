#pragma once

#include "engine/base/ids.h"

#include <QTimer>
#include <QWidget>

class QButtonGroup;
class QListView;
class QPushButton;
class QStackedWidget;

namespace app {
class EmptyState;
class SearchField;
} // namespace app

namespace monitor {

class CountModel;
class Feed;
class InstanceDelegate;
class InstanceModel;

/// The instances of one flow, or of all, with filter, counts and start; live. Main thread.
class InstanceListView : public QWidget
{
    Q_OBJECT

public:
    InstanceListView(Feed &feed, CountModel &counts, QWidget *parent = nullptr);

    /// Shows the instances of `flow`; of all for an empty id.
    void setFlow(const engine::FlowId &flow);
    /// Makes `instance` the current row if it is loaded.
    void choose(const engine::InstanceId &instance);
    InstanceModel &model() { return *m_model; }

Q_SIGNALS:
    void openChosen(const engine::InstanceId &instance);
    void raiseChosen(const engine::InstanceId &instance);
    void startChosen(const engine::FlowId &flow);

protected:
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QWidget *makeBar();
    QWidget *makeTabs();
    void connectList();
    void applyFilter();
    void showCounts();
    void showEmptiness();
    void leaveEmptiness();
    bool isFiltered() const;
    void openCurrent();
    void raiseCurrent();

    CountModel &m_counts;
    engine::FlowId m_flow;
    InstanceModel *m_model;
    InstanceDelegate *m_delegate;
    app::SearchField *m_search = nullptr;
    QPushButton *m_start = nullptr;
    QButtonGroup *m_tabs = nullptr;
    QStackedWidget *m_stack = nullptr;
    QListView *m_list = nullptr;
    app::EmptyState *m_empty = nullptr;
    QTimer m_ages; ///< once a second, while shown: ages grow
};

} // namespace monitor
