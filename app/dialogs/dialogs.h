#pragma once

#include <QString>
#include <QStringList>

#include <functional>

class QWidget;

namespace app {

enum class UnsavedAnswer { Save, Discard, Cancel };

/// Questions to the user behind one seam, so that tests can answer them. Answers come later; none
/// comes when the parent goes first. Main thread.
class Dialogs
{
public:
    virtual ~Dialogs() = default;

    /// A file to open, or empty.
    virtual void openFile(
        QWidget *parent, const QString &folder, std::function<void(QString)> answered) = 0;
    /// Where to save, with `.flow.json` at its end; or empty.
    virtual void saveFile(
        QWidget *parent, const QString &proposed, std::function<void(QString)> answered) = 0;
    /// What to do with unsaved work in `flow`.
    virtual void askUnsaved(
        QWidget *parent, const QString &flow, std::function<void(UnsavedAnswer)> answered) = 0;
    /// Whether `flow` may do what it asks for: one line a demand.
    virtual void askGrant(QWidget *parent, const QString &flow, const QStringList &demands,
        std::function<void(bool)> answered) = 0;
    /// Something the user asked for did not work: `what` in a sentence, `why` below.
    virtual void showProblem(QWidget *parent, const QString &what, const QString &why) = 0;
};

} // namespace app
