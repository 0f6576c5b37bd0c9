package verify

// Posted is posted, to be compared with PHP itself.
var Posted = posted
