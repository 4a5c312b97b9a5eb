"""What machines are told of the blog: schema.org."""

from __future__ import annotations

from stadtnah.kernel.text import shortened
from stadtnah.surfaces.website import linked_data
from stadtnah.surfaces.website.blog.models import BLOG
from stadtnah.surfaces.website.linked_data import Document, Node


def _entry(document: Document) -> list[Node]:
    content = document.content
    said = content.detail
    signed = (
        {"@type": "Person", "name": said["author"], "jobTitle": said.get("role", "")}
        if "author" in said
        else None
    )
    node = {
        "@type": "BlogPosting",
        "@id": f"{content.link}#beitrag",
        "mainEntityOfPage": document.address,
        "headline": shortened(content.title, linked_data.HEADLINE),
        "description": document.description,
        "datePublished": linked_data.moment(document.published),
        "dateModified": linked_data.moment(document.changed),
        "inLanguage": content.language,
        "articleSection": content.category_label,
        "image": [linked_data.image(shown) for shown in document.pictures],
        "isAccessibleForFree": True,
        "isPartOf": {"@type": "Blog", "@id": f"{document.base}{BLOG}#blog"},
        "author": signed or linked_data.publisher(document),
        "publisher": linked_data.publisher(document),
    }
    return [node]


def _blog(document: Document) -> list[Node]:
    content = document.content
    node = {
        "@type": "Blog",
        "@id": f"{content.link}#blog",
        "url": document.address,
        "name": content.title,
        "description": document.description,
        "inLanguage": content.language,
        "publisher": linked_data.publisher(document),
    }
    return [node]


linked_data.MAKERS.register("blogentry", _entry)
linked_data.MAKERS.register("blogseries", _blog)
linked_data.MAKERS.register("blog", _blog)
