#pragma once

#include "designer/panels/palette_entries.h"

#include <QFrame>
#include <QStringList>

#include <functional>

class QListWidget;

namespace app {
class SearchField;
}

namespace designer {

/// A list of steps under the mouse, narrowed by typing; what was chosen lately comes first.
class AppendMenu : public QFrame
{
    Q_OBJECT

public:
    explicit AppendMenu(QWidget *parent = nullptr);

    /// Opens at `onScreen`; `chosen` hears the kind once, or nothing if the menu is left.
    void open(QPoint onScreen, std::function<void(const QString &kind)> chosen);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void fill();
    void choose();

    app::SearchField *m_search;
    QListWidget *m_list;
    QStringList m_recent;
    std::function<void(const QString &)> m_chosen;
};

} // namespace designer
