<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>app::MainWindow</name>
    <message numerus="yes">
        <source>%n step(s)</source>
        <extracomment>Status bar. %n is the number of steps of the flow.</extracomment>
        <translation>
            <numerusform>%n step</numerusform>
            <numerusform>%n steps</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>app::StatusLine</name>
    <message numerus="yes">
        <source>%n live</source>
        <extracomment>Status bar. %n is the number of instances that have not finished.</extracomment>
        <translation>
            <numerusform>%n live</numerusform>
            <numerusform>%n live</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>designer::CanvasBar</name>
    <message numerus="yes">
        <source>never deployed · %n change(s)</source>
        <translation>
            <numerusform>never deployed · %n change</numerusform>
            <numerusform>never deployed · %n changes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>draft of v%1 · %n change(s) since v%2</source>
        <extracomment>Canvas bar: %1 is the version to be, %2 the newest one that is deployed.</extracomment>
        <translation>
            <numerusform>draft of v%1 · %n change since v%2</numerusform>
            <numerusform>draft of v%1 · %n changes since v%2</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>designer::FlowDocument</name>
    <message numerus="yes">
        <source>Arrange %n step(s)</source>
        <translation>
            <numerusform>Arrange %n step</numerusform>
            <numerusform>Arrange %n steps</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Delete %n step(s)</source>
        <translation>
            <numerusform>Delete %n step</numerusform>
            <numerusform>Delete %n steps</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Move %n step(s)</source>
        <translation>
            <numerusform>Move %n step</numerusform>
            <numerusform>Move %n steps</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Duplicate %n step(s)</source>
        <translation>
            <numerusform>Duplicate %n step</numerusform>
            <numerusform>Duplicate %n steps</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Paste %n step(s)</source>
        <translation>
            <numerusform>Paste %n step</numerusform>
            <numerusform>Paste %n steps</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>designer::PropertiesPanel</name>
    <message numerus="yes">
        <source>%n step(s)</source>
        <translation>
            <numerusform>%n step</numerusform>
            <numerusform>%n steps</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>monitor::WaitsView</name>
    <message numerus="yes">
        <source>%n step(s) wait</source>
        <translation>
            <numerusform>%n step waits</numerusform>
            <numerusform>%n steps wait</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>designer::SeveralPage</name>
    <message numerus="yes">
        <source>Connect %n step(s)</source>
        <translation>
            <numerusform>Connect %n step</numerusform>
            <numerusform>Connect %n steps</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Change the timeout of %n step(s)</source>
        <translation>
            <numerusform>Change the timeout of %n step</numerusform>
            <numerusform>Change the timeout of %n steps</numerusform>
        </translation>
    </message>
</context>
</TS>
