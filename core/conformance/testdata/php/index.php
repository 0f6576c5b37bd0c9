<?php // Says what PHP itself understood of a request.
header('Content-Type: application/json');
echo json_encode([
    'method' => $_SERVER['REQUEST_METHOD'],
    'path' => rawurldecode(parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH)),
    'query' => (object)$_GET,
    'form' => (object)$_POST,
    'json' => json_decode(file_get_contents('php://input'), false, 512, JSON_BIGINT_AS_STRING),
], JSON_UNESCAPED_UNICODE);
