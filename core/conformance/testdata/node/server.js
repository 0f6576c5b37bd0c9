// Says what Express with its body parsers, multer and the standardwebhooks
// package understood of a request.
const express = require("express");
const multer = require("multer");
const { Webhook } = require("standardwebhooks");

const app = express();
const heard = (req) => ({ method: req.method, path: decodeURIComponent(req.path), query: req.query });

app.all("/form", express.urlencoded({ extended: true }), (req, res) => res.json({ ...heard(req), form: req.body }));
app.all("/json", express.json({ strict: true }), (req, res) => res.json({ ...heard(req), json: req.body }));
app.all("/multipart", multer().none(), (req, res) => res.json({ ...heard(req), form: req.body }));
app.all("/text", express.text({ type: "*/*" }), (req, res) => res.json({ ...heard(req), text: req.body }));
app.all("/signed", express.text({ type: "*/*" }), (req, res) => {
  try {
    res.json({ ...heard(req), json: new Webhook(process.env.SECRET).verify(req.body, req.headers) });
  } catch (err) {
    res.status(401).json({ why: String(err.message) });
  }
});

const server = app.listen(0, "127.0.0.1", () => console.log(server.address().port));
