/// An element of an XML document: its name, its child elements, and its text.
///
/// Attributes, comments and processing instructions are not kept: the platform's XML has none.
package struct XMLElement: Sendable, Equatable {
    /// The name as written, with its prefix.
    package let name: String
    /// The child elements in order.
    package var children: [XMLElement]
    /// All text directly in the element, put together.
    package var text: String

    /// Makes an element.
    package init(_ name: String, text: String = "", children: [XMLElement] = []) {
        self.name = name
        self.children = children
        self.text = text
    }

    /// The first child of that name.
    package subscript(_ name: String) -> XMLElement? { children.first { $0.name == name } }
}
