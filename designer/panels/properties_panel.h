#pragma once

#include "designer/panels/inspector_form.h"
#include "engine/base/clock.h"
#include "engine/model/problem.h"

#include <QWidget>

#include <functional>
#include <string>
#include <vector>

class QLabel;
class QLineEdit;
class QScrollArea;

namespace designer {

class FlowDocument;
class KindTile;

/// The inspector: name, id and fields of the selected step, or of the flow where none is selected.
/// Every edit is an intent, undoable also while a field has the focus. Main thread.
class PropertiesPanel : public QWidget
{
    Q_OBJECT

public:
    explicit PropertiesPanel(FlowDocument &document, QWidget *parent = nullptr);

    void showFlow();
    void showStep(const engine::StepId &step);
    /// Several steps: what they share, and what can be done with them together.
    void showSeveral(std::vector<engine::StepId> steps);
    void setProblems(std::vector<engine::Problem> problems);
    /// The time from which ends are foretold; the system's by default.
    void setClock(std::function<engine::Instant()> now);

    void focusName();
    void focusFirstField();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void makeHeader();
    void follow();
    void rebuild();
    void refreshHeader();
    void writeName(const QString &name);
    void writeId();
    void fitId();
    std::string shape() const;

    FlowDocument &m_document;
    std::function<engine::Instant()> m_now;
    engine::StepId m_step;                 ///< empty: the flow
    std::vector<engine::StepId> m_several; ///< two or more, or empty
    std::string m_shape;                   ///< of the form that is shown
    std::vector<engine::Problem> m_problems;

    KindTile *m_tile;
    QLineEdit *m_name;
    QLineEdit *m_id;
    QLabel *m_kind;
    QLabel *m_fault;
    QScrollArea *m_scroll;
    InspectorForm *m_form = nullptr;
};

} // namespace designer
