package database

import (
	"context"
	"database/sql/driver"
	"net"
	"sync"

	mssql "github.com/microsoft/go-mssqldb"
	"github.com/microsoft/go-mssqldb/msdsn"
)

// sqlserverConnector makes connections to SQL Server. The driver itself waits for a
// server that takes the call and says nothing, whatever the context says.
type sqlserverConnector struct{ config msdsn.Config }

// Driver implements driver.Connector.
func (c sqlserverConnector) Driver() driver.Driver { return &mssql.Driver{} }

// Connect implements driver.Connector.
func (c sqlserverConnector) Connect(ctx context.Context) (driver.Conn, error) {
	calls := &calls{}
	connector := mssql.NewConnectorConfig(c.config)
	connector.Dialer = calls
	stop := context.AfterFunc(ctx, calls.hangUp)
	conn, err := connector.Connect(ctx)
	if stop(); err == nil && ctx.Err() != nil {
		_ = conn.Close() // nothing was done with it
		err = ctx.Err()
	}
	return conn, err
}

// calls are the connections that are made to let somebody in.
type calls struct {
	mu   sync.Mutex
	open []net.Conn
	over bool
}

// DialContext implements mssql.Dialer.
func (c *calls) DialContext(ctx context.Context, network, address string) (net.Conn, error) {
	conn, err := (&net.Dialer{}).DialContext(ctx, network, address)
	if err != nil {
		return nil, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.over {
		_ = conn.Close() // nobody waits for it any more
		return nil, net.ErrClosed
	}
	c.open = append(c.open, conn)
	return conn, nil
}

// hangUp ends all that is waited for.
func (c *calls) hangUp() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.over = true
	for _, conn := range c.open {
		_ = conn.Close() // nothing is read from it any more
	}
}
