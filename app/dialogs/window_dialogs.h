#pragma once

#include "app/dialogs/dialogs.h"

namespace app {

/// Real dialogs: modal to their window, without an event loop of their own.
class WindowDialogs final : public Dialogs
{
public:
    void openFile(
        QWidget *parent, const QString &folder, std::function<void(QString)> answered) override;
    void saveFile(
        QWidget *parent, const QString &proposed, std::function<void(QString)> answered) override;
    void askUnsaved(
        QWidget *parent, const QString &flow, std::function<void(UnsavedAnswer)> answered) override;
    void askGrant(QWidget *parent, const QString &flow, const QStringList &demands,
        std::function<void(bool)> answered) override;
    void showProblem(QWidget *parent, const QString &what, const QString &why) override;
};

} // namespace app
