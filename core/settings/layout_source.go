package settings

// Sources as they are written: what all have, then what their kind has, then the
// rest of what all have.
type (
	outHead struct {
		ID        string `json:"id"`
		Kind      string `json:"kind"`
		Name      string `json:"name"`
		Paused    bool   `json:"paused"`
		EventType string `json:"event_type,omitempty"`
	}
	outTail struct {
		Title    string     `json:"title,omitempty"`
		Existing any        `json:"existing,omitempty"`
		Keep     []string   `json:"keep,omitempty"`
		Cards    bool       `json:"allow_card_numbers,omitempty"`
		Once     *outOnce   `json:"once,omitempty"`
		Expect   *outExpect `json:"expect,omitempty"`
		LookUp   *outLookUp `json:"lookup,omitempty"`
	}
	outFolder struct {
		outHead
		outFolderPart
		outLayout
		outInFiles
		outTail
	}
	outSheet struct {
		outHead
		outSheetPart
		outLayout
		outTail
	}
	outLocal struct {
		outHead
		outLocalPart
		outTail
	}
	outDatabase struct {
		outHead
		outDatabasePart
		outTail
	}
	outWeb struct {
		outHead
		outAsk
		outWebPart
		outTail
	}
	outTimer struct {
		outHead
		outTimerPart
		outTail
	}
	outForm struct {
		outHead
		outFormPart
		outTail
	}

	outExisting struct {
		Since string `json:"since"`
	}
	outOnce struct {
		Keys []string `json:"keys"`
		Days int      `json:"days,omitempty"`
	}
	outExpect struct {
		By        string   `json:"by"`
		Days      []string `json:"days"`
		Heartbeat any      `json:"heartbeat,omitempty"`
	}
	outLookUp struct {
		Ask  outAsk `json:"ask"`
		Into string `json:"into,omitempty"`
		Path string `json:"path,omitempty"`
		Keep string `json:"keep,omitempty"`
		Need bool   `json:"need,omitempty"`
	}
	outAsk struct {
		Method      string      `json:"method,omitempty"`
		Address     string      `json:"address"`
		Headers     []outHeader `json:"headers,omitempty"`
		Secrets     outObject   `json:"secrets,omitempty"`
		Body        string      `json:"body,omitempty"`
		ContentType string      `json:"content_type,omitempty"`
		Auth        *outAuth    `json:"auth,omitempty"`
		Proxy       any         `json:"proxy,omitempty"`
		Private     string      `json:"private_addresses,omitempty"`
		TLS         *outTLS     `json:"tls,omitempty"`
		Timeout     string      `json:"timeout,omitempty"`
	}
)

// The parts that the kinds have.
type (
	outFolderPart struct {
		Path       string   `json:"path"`
		Match      string   `json:"match,omitempty"`
		Subfolders bool     `json:"subfolders,omitempty"`
		After      string   `json:"after,omitempty"`
		Holds      string   `json:"holds,omitempty"`
		Keys       []string `json:"keys,omitempty"`
		Gone       bool     `json:"gone,omitempty"`
		WholeFile  bool     `json:"whole_file,omitempty"`
		Receipt    bool     `json:"receipt,omitempty"`
	}
	outSheetPart struct {
		Path     string    `json:"path"`
		Keys     []string  `json:"keys,omitempty"`
		Changed  bool      `json:"changed,omitempty"`
		Required []string  `json:"required,omitempty"`
		Settle   string    `json:"settle,omitempty"`
		Ready    *outReady `json:"ready,omitempty"`
	}
	outReady struct {
		Column string `json:"column"`
		Is     string `json:"is,omitempty"`
	}
	outLayout struct {
		Encoding  string   `json:"encoding,omitempty"`
		Delimiter string   `json:"delimiter,omitempty"`
		Quote     string   `json:"quote,omitempty"`
		NoHeader  bool     `json:"no_header,omitempty"`
		HeaderRow int      `json:"header_row,omitempty"`
		Columns   []string `json:"columns,omitempty"`
		Sheet     string   `json:"sheet,omitempty"`
	}
	outInFiles struct {
		Element string `json:"element,omitempty"`
		List    string `json:"list,omitempty"`
	}
	outLocalPart struct {
		Key            any        `json:"key,omitempty"`
		Token          any        `json:"token,omitempty"`
		AllowedOrigins []string   `json:"allowed_origins,omitempty"`
		MaxEventBytes  int        `json:"max_event_bytes,omitempty"`
		XML            bool       `json:"xml,omitempty"`
		Query          bool       `json:"query,omitempty"`
		JSONField      string     `json:"json_field,omitempty"`
		Verify         *outVerify `json:"verify,omitempty"`
	}
	outVerify struct {
		Style     string `json:"style"`
		Secret    any    `json:"secret,omitempty"`
		Header    string `json:"header,omitempty"`
		Algorithm string `json:"algorithm,omitempty"`
		Encoding  string `json:"encoding,omitempty"`
		Prefix    string `json:"prefix,omitempty"`
	}
	outDatabasePart struct {
		Database     string   `json:"database"`
		File         string   `json:"file,omitempty"`
		Host         string   `json:"host,omitempty"`
		Port         int      `json:"port,omitempty"`
		DatabaseName string   `json:"database_name,omitempty"`
		User         string   `json:"user,omitempty"`
		Password     any      `json:"password,omitempty"`
		TLS          string   `json:"tls,omitempty"`
		CAFile       string   `json:"ca_file,omitempty"`
		Table        string   `json:"table,omitempty"`
		Query        string   `json:"query,omitempty"`
		Rising       string   `json:"rising,omitempty"`
		Keys         []string `json:"keys,omitempty"`
		Changed      bool     `json:"changed,omitempty"`
		Overlap      string   `json:"overlap,omitempty"`
		Every        string   `json:"every,omitempty"`
		Timeout      string   `json:"timeout,omitempty"`
	}
	outWebPart struct {
		Every   string     `json:"every,omitempty"`
		At      []string   `json:"at,omitempty"`
		Days    []string   `json:"days,omitempty"`
		List    string     `json:"list,omitempty"`
		Keys    []string   `json:"keys,omitempty"`
		Changed bool       `json:"changed,omitempty"`
		Gone    bool       `json:"gone,omitempty"`
		Paging  *outPaging `json:"paging,omitempty"`
	}
	outPaging struct {
		Kind  string `json:"kind"`
		Param string `json:"param,omitempty"`
		Path  string `json:"path,omitempty"`
		First int    `json:"first,omitempty"`
		Size  int    `json:"size,omitempty"`
		Most  int    `json:"most,omitempty"`
	}
	outTimerPart struct {
		Every  string    `json:"every,omitempty"`
		At     []string  `json:"at,omitempty"`
		Days   []string  `json:"days,omitempty"`
		Missed bool      `json:"missed,omitempty"`
		Data   outObject `json:"data,omitempty"`
	}
	outFormPart struct {
		Fields []outInput `json:"fields"`
		Grace  string     `json:"grace,omitempty"`
	}
	outInput struct {
		Name     string   `json:"name"`
		Label    string   `json:"label,omitempty"`
		Kind     string   `json:"kind,omitempty"`
		Required bool     `json:"required,omitempty"`
		Choices  []string `json:"choices,omitempty"`
		Default  string   `json:"default,omitempty"`
	}
)
