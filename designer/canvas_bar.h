#pragma once

#include <QString>
#include <QWidget>

class QPushButton;
class QToolButton;

namespace app {
class ElidedLabel;
}

namespace designer {

/// The strip above the canvas: which flow, which draft of it, undo, redo, Deploy, Run…; below it
/// the line in the colour of the mode.
class CanvasBar : public QWidget
{
    Q_OBJECT

public:
    explicit CanvasBar(QWidget *parent = nullptr);

    void showFlow(const QString &name);
    /// `deployed` 0: never; `changes` since then, or since the file was opened.
    void showDraft(int deployed, int changes);
    /// Empty: there is nothing to undo or redo.
    void showUndo(const QString &undoText, bool canUndo, const QString &redoText, bool canRedo);
    /// While an answer is awaited, or with errors, Deploy and Run wait too.
    void setDeployEnabled(bool enabled, const QString &why);

signals:
    void undoAsked();
    void redoAsked();
    void deployAsked();
    void runAsked();

protected:
    void changeEvent(QEvent *event) override;

private:
    void setIcons();

    app::ElidedLabel *m_name;
    app::ElidedLabel *m_draft;
    QToolButton *m_undo;
    QToolButton *m_redo;
    QPushButton *m_deploy;
    QPushButton *m_run;
};

} // namespace designer
