#pragma once

#include "designer/document/flow_document.h"
#include "engine/base/result.h"
#include "engine/model/problem.h"

#include <QString>
#include <QWidget>

#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace designer {

class FlowCanvas;
class Workbench;

/// What a page is given by whoever owns it; all outlive the page.
struct DesignerSurroundings {
    Workbench &workbench;
    QString recoveryFolder; ///< where unsaved work is kept; made if it is missing
};

/// How many instances stand on a step.
struct LiveOnStep {
    engine::StepId step;
    int waiting = 0;
    int running = 0;
};

/// One open flow: canvas bar, canvas, and the panels beside it, which the window docks. One page a
/// tab. Main thread.
class DesignerPage : public QWidget
{
    Q_OBJECT

public:
    explicit DesignerPage(const DesignerSurroundings &surroundings, QWidget *parent = nullptr);
    ~DesignerPage() override;

    /// A flow that has no file yet: `text` is its first text, or empty for an empty flow. The page
    /// counts as modified only once somebody edits.
    engine::Result<void> start(const QString &name, const QByteArray &text = {});
    /// Opens the file; unsaved work from a run that did not end well is restored on top of it.
    engine::Result<void> open(const QString &path);
    /// WrongState if there is no file yet: ask for a name and call saveAs().
    engine::Result<void> save();
    engine::Result<void> saveAs(const QString &path);
    /// The user chose not to save: forgets the unsaved work when the page goes.
    void discardUnsaved();

    QString path() const;  ///< empty: no file yet
    QString title() const; ///< the flow's name
    bool isModified() const;
    FlowDocument &document();
    FlowCanvas &canvas();
    const std::vector<engine::Problem> &problems() const;
    /// What the canvas bar compares the draft with; 0: never deployed.
    void setDeployedVersion(int version);

    /// On the canvas, on the corner of each step; what is not named has none.
    void showLive(const std::vector<LiveOnStep> &live);

    /// The panels, owned by the page; the window may reparent them.
    QWidget *palette() const;
    QWidget *inspector() const;
    QWidget *problemsPanel() const;

public slots:
    void undo();
    void redo();
    void cut();
    void copy();
    void paste();
    void duplicate();
    void selectAll();
    void removeSelected();
    void deploy();
    void run();    ///< deploys what differs, then opens the start dialog
    void append(); ///< the append menu at the selected step
    void renameSelected();
    void nextProblem();
    void zoomIn();
    void zoomOut();
    void zoomReset();
    void fit();
    void reveal(const engine::StepId &step);

signals:
    void titleChanged(const QString &title);
    void modifiedChanged(bool modified);
    void selectionChanged();
    void undoTextsChanged(); ///< also when undo or redo becomes possible or impossible
    void problemsChanged();
    void deployed(int version);
    /// One sentence for the status bar.
    void said(const QString &sentence);
    /// Save was asked for (Ctrl+S in the page) where there is no file yet.
    void fileNameWanted();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    class Private;
    std::unique_ptr<Private> m;
};

} // namespace designer
