#pragma once

#include "engine/model/problem.h"

#include <QAbstractTableModel>
#include <QString>

#include <functional>
#include <vector>

namespace designer {

/// The problems of a flow, one a row. Main thread.
class ProblemModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Sentence, StepName, Mending, ColumnCount };
    /// The name of a step as it is shown.
    using NameOf = std::function<QString(const engine::StepId &)>;

    explicit ProblemModel(QObject *parent = nullptr);

    /// Rows that are in both lists stay where they are.
    void setProblems(const std::vector<engine::Problem> &problems, const NameOf &nameOf);
    const engine::Problem &problem(int row) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Row {
        engine::Problem problem;
        QString stepName;

        bool operator==(const Row &) const = default;
    };

    std::vector<Row> m_rows;
};

} // namespace designer
