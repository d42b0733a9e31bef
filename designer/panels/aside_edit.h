#pragma once

#include <QLineEdit>
#include <QString>

namespace designer {

/// An input that says at its right end what follows from its text: `3 d` is `P3D`.
class AsideEdit : public QLineEdit
{
    Q_OBJECT

public:
    explicit AsideEdit(QWidget *parent = nullptr);
    void setAside(const QString &aside);
    QString aside() const { return m_aside; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_aside;
};

} // namespace designer
