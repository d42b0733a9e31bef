#pragma once

#include "engine/base/ids.h"

#include <QWidget>

class QLabel;
class QSortFilterProxyModel;
class QSplitter;
class QTableView;

namespace app {
class JsonView;
class SearchField;
} // namespace app

namespace monitor {

class FlowBook;
class HistoryModel;
class RunModel;

/// The log of an instance: every fact, searchable, with the chosen one in full beside it. Follows
/// the end while the end is in sight. Main thread.
class HistoryView : public QWidget
{
    Q_OBJECT

public:
    HistoryView(RunModel &run, FlowBook &flows, QWidget *parent = nullptr);

    /// Chooses the last fact about `step`.
    void chooseStep(const engine::StepId &step);

Q_SIGNALS:
    void stepChosen(const engine::StepId &step);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    QWidget *makeTable();
    QWidget *makeDetail();
    void showCurrent();
    void followEnd();

    HistoryModel *m_model;
    QSortFilterProxyModel *m_found;
    app::SearchField *m_search = nullptr;
    QLabel *m_none = nullptr; ///< while no event is chosen
    QSplitter *m_split = nullptr;
    QTableView *m_table = nullptr;
    QLabel *m_title = nullptr;
    app::JsonView *m_detail = nullptr;
    bool m_atEnd = true;
};

} // namespace monitor
