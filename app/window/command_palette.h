#pragma once

#include <QFrame>

#include <vector>

class QAction;
class QListWidget;

namespace app {

class SearchField;

/// Every action by a few letters: type, arrows, Enter. Opens below the command field.
class CommandPalette : public QFrame
{
    Q_OBJECT

public:
    CommandPalette(const std::vector<QAction *> &actions, QWidget *parent);

    /// With its upper middle at `place`, in the parent's coordinates.
    void openAt(QPoint place);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void fill();
    void trigger();

    const std::vector<QAction *> &m_actions;
    SearchField *m_search;
    QListWidget *m_list;
};

} // namespace app
