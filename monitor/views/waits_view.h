#pragma once

#include "engine/base/ids.h"

#include <QTimer>
#include <QWidget>

#include <string>
#include <vector>

class QGridLayout;
class QLabel;
class QVBoxLayout;

namespace monitor {

class FlowBook;
class RunModel;

/// What an instance is waiting for: for what, since when, until when, what then; with the action on
/// the row. Below, the events that no step has asked for yet. Hidden once nothing waits. Main
/// thread.
class WaitsView : public QWidget
{
    Q_OBJECT

public:
    WaitsView(RunModel &run, FlowBook &flows, QWidget *parent = nullptr);
    ~WaitsView() override;

Q_SIGNALS:
    /// `event` is the name waited for, to be offered first; empty: any.
    void raiseChosen(const QString &event);

protected:
    void changeEvent(QEvent *event) override;

private:
    struct Moment; ///< a label that shows time passing

    void rebuild();
    void addHead(QGridLayout &grid);
    void addWait(QGridLayout &grid, int row, std::size_t step);
    void addKept(std::size_t event);
    void tick();

    RunModel &m_run;
    FlowBook &m_flows;
    QLabel *m_mark = nullptr;
    QLabel *m_summary = nullptr;
    QWidget *m_rows = nullptr;
    QVBoxLayout *m_layout = nullptr;
    std::vector<Moment> m_moments;
    QTimer m_clock; ///< 1 Hz while something waits
};

} // namespace monitor
