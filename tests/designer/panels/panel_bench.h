#pragma once

#include "app/widgets/field.h"
#include "designer/document/flow_document.h"
#include "designer/panels/properties_panel.h"
#include "engine/model/flow_reader.h"

#include <QLineEdit>
#include <QTest>

#include <string>

namespace tests {

/// The inspector beside a document, shown, at noon of a Friday.
struct PanelBench {
    designer::FlowDocument document;
    designer::PropertiesPanel panel{document};

    PanelBench(const std::string &text, int height)
    {
        auto read = engine::readFlow(text);
        document.reset(std::move(read->flow), text);
        const auto noon = engine::instantFromText("2026-11-20T12:00:00Z");
        panel.setClock([now = *noon] { return now; });
        panel.resize(304, height);
        panel.show();
        panel.activateWindow();
    }

    template<typename Widget>
    Widget *find(const char *name)
    {
        auto *found = panel.findChild<Widget *>(QString::fromLatin1(name));
        if (!found)
            qFatal("there is no %s", name);
        return found;
    }
    QString errorOf(const char *name)
    {
        return static_cast<app::Field *>(find<QWidget>(name)->parentWidget())->error();
    }
    /// In place of what stands in the field.
    void type(const char *name, const QString &text)
    {
        auto *field = find<QLineEdit>(name);
        field->setFocus();
        field->selectAll();
        QTest::keyClick(field, Qt::Key_Backspace);
        QTest::keyClicks(field, text);
    }
};

} // namespace tests
