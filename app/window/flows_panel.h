#pragma once

#include <QWidget>

#include <functional>

class QTreeWidget;
class QTreeWidgetItem;

namespace app {

class EmptyState;
class FlowShelf;
class SearchField;

/// The left dock: the user's flows in their folders, with how many instances of each are live.
class FlowsPanel : public QWidget
{
    Q_OBJECT

public:
    explicit FlowsPanel(const FlowShelf &shelf, QWidget *parent = nullptr);

    /// How many live instances a flow has, by its name; asked at showCounts().
    void setCounter(std::function<qint64(const QString &flow)> live);
    void showCounts();
    /// Marks the flow of the file, if it is here.
    void setCurrent(const QString &path);

signals:
    void openAsked(const QString &path);
    void newAsked();

private:
    void fill();
    void filter(const QString &text);
    QTreeWidgetItem *folderItem(const QString &folder);

    const FlowShelf &m_shelf;
    std::function<qint64(const QString &flow)> m_live;
    SearchField *m_search;
    QTreeWidget *m_tree;
    EmptyState *m_empty;
    QString m_current;
};

} // namespace app
