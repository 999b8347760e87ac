// SPDX-License-Identifier: MPL-2.0
#include "handouts/pictures/stamp.h"

#include <qpdf/Buffer.hh>
#include <qpdf/Pl_Buffer.hh>
#include <qpdf/Pl_Flate.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFPageDocumentHelper.hh>
#include <stdexcept>

#include "handouts/print/pdf_repair.h"
#include "handouts/print/pdf_surface.h"

namespace facet::handouts {
namespace {

std::string drawn(double width, double height, const DrawIn& draw) {
  PdfSurface pdf(width, height);
  draw(pdf.cairo(), {0, 0, width, height});
  return pdf.finish();
}

std::string text_of(const Buffer& data) {
  return {reinterpret_cast<const char*>(data.getBuffer()), data.getSize()};
}

std::string deflated(const std::string& text) {
  Pl_Buffer out("stamp");
  Pl_Flate flate("stamp", &out, Pl_Flate::a_deflate);
  flate.write(reinterpret_cast<const unsigned char*>(text.data()), text.size());
  flate.finish();
  return text_of(*out.getBufferSharedPointer());
}

/// Transparency states are all that Cairo names for paths in plain colours.
std::string plain_resources(QPDFObjectHandle resources) {
  for (const auto& key : resources.getKeys())
    if (key != "/ExtGState" && key != "/ProcSet")
      throw std::runtime_error("a picture that is the same everywhere needs " + key);
  auto states = resources.getKey("/ExtGState");
  if (!states.isDictionary()) return "<< >>";
  std::string text = "<< /ExtGState <<";
  for (const auto& [name, state] : states.getDictAsMap())
    text += ' ' + name + ' ' + QPDFObjectHandle(state).unparseResolved();
  return text + " >> >>";
}

}  // namespace

Stamp make_stamp(double width, double height, const DrawIn& draw) {
  deflate_fast();
  const auto bytes = drawn(width, height, draw);
  QPDF pdf;
  pdf.processMemoryFile("picture", bytes.data(), bytes.size());
  auto page = QPDFPageDocumentHelper(pdf).getAllPages().at(0);
  const auto content =
      page.getObjectHandle().getKey("/Contents").getStreamData(qpdf_dl_generalized);
  return {width, height, deflated(text_of(*content)),
          plain_resources(page.getAttribute("/Resources", false))};
}

void hold_place(cairo_t* cairo, const Box& box) {
  cairo_rectangle(cairo, box.x, box.y, box.width, box.height);
  paint(cairo, {0, 0, 0});
}

}  // namespace facet::handouts
