package paste

import (
	"strings"
)

// Meanings that are spoken of by name.
const (
	firstName = "firstname"
	lastName  = "lastname"
	fullName  = "fullname"
)

// synonyms are words for one thing, in the plain form of names: English, then
// French, German, Spanish and Italian. The first word of a line is what the line
// means. No word may stand twice.
const synonyms = `
	firstname fname first givenname given forename prenom premiernom vorname rufname nombre nombredepila nome primonome
	lastname lname last surname familyname family secondname nom nomdefamille nachname familienname zuname apellido apellidos cognome
	middlename mname middle deuxiemeprenom zweitername zweitervorname segundonombre secondonome
	fullname name displayname completename nomcomplet nometprenom prenomnom vollername vollstaendigername nombrecompleto nombreyapellidos nomecompleto nomeecognome
	username login loginname nomutilisateur nomdutilisateur identifiant benutzername nutzername usuario nombredeusuario utente nomeutente
	nickname nick surnom spitzname apodo soprannome
	email mail emailaddress mailaddress emailid eml courriel mel adressemail adresseemail adressecourriel adresseelectronique adressemel emailadresse mailadresse correo correoelectronico direccionemail direcciondecorreo postaelettronica indirizzoemail indirizzomail indirizzodiposta
	phone phonenumber phoneno tel telephone telephonenumber telno telnumber numerodetelephone numtelephone telefon telefonnummer telefonnr rufnummer fon festnetz telefono numerodetelefono telefonofijo numeroditelefono
	mobile mobilephone mobilenumber mobileno cell cellphone cellnumber gsm sms portable telephoneportable telportable telephonemobile telmobile numeroportable mobil mobilnummer mobiltelefon handy handynummer natel movil celular telefonomovil telefonocelular cellulare telefonocellulare numerocellulare
	fax faxnumber telecopie telefax faxnummer
	street street1 streetaddress streetname address address1 addressline1 addressline addr addr1 rue voie adresse adresse1 ligneadresse1 adressepostale strasse strassehausnummer strasseundhausnummer strassenname anschrift calle direccion direccion1 domicilio via indirizzo indirizzo1
	street2 address2 addressline2 addr2 adresse2 ligneadresse2 complementadresse complementdadresse adresszusatz zusatz direccion2 indirizzo2 apartment apt
	housenumber streetnumber numerorue hausnummer hausnr numerocivico
	city town locality ville commune localite stadt ort wohnort ortschaft ciudad poblacion localidad citta comune localita
	zip zipcode postcode postalcode postal zippostal zippostalcode codepostal cp codepost plz postleitzahl npa codigopostal cap codicepostale codicediavviamentopostale
	state province region stateprovince stateregion county departement etat bundesland kanton canton provincia estado comunidadautonoma regione
	country countryname pays land staat pais paese nazione
	countrycode codepays laendercode landercode laenderkuerzel codigopais codigodepais codicepaese
	company companyname organization organisation organizationname organisationname org employer business businessname societe entreprise raisonsociale nomsociete firma firmenname unternehmen arbeitgeber empresa nombreempresa compania organizacion azienda societa ditta ragionesociale organizzazione
	department abteilung dipartimento
	jobtitle job position occupation profession fonction poste metier titredufonction beruf funktion stelle berufsbezeichnung cargo puesto ocupacion profesion ruolo professione posizione
	salutation title prefix honorific civilite titre formuledepolitesse anrede titel tratamiento titulo titolo appellativo
	suffix namesuffix suffixe namenszusatz sufijo suffisso
	birthday birthdate dateofbirth dob bday born datedenaissance datenaissance naissance anniversaire geburtsdatum geburtstag geboren gebdatum fechadenacimiento fechanacimiento nacimiento cumpleanos datadinascita datanascita nascita compleanno
	gender sex genre sexe geschlecht genero sexo genere sesso
	age alter edad eta
	language lang locale preferredlanguage langue sprache korrespondenzsprache idioma lengua lingua
	website web url homepage site webpage weburl siteweb siteinternet pageweb webseite internetseite sitioweb paginaweb sitoweb sito
	message comment comments note notes remark remarks description msg commentaire commentaires remarque nachricht bemerkung bemerkungen kommentar notiz notizen mitteilung mensaje comentario comentarios observaciones nota messaggio commento commenti descrizione
	subject topic objet sujet betreff thema asunto tema oggetto argomento
	tags tag labels label etiquettes etiquette motscles schlagworte schlagwort stichworte etiquetas etiqueta etichette etichetta
	createdat created creationdate createddate datecreated dateadded signupdate registrationdate joined joindate datecreation datedecreation dateinscription datedinscription erstelltam erstellt erstellungsdatum angelegtam anmeldedatum fechacreacion fechadecreacion fechaalta fechadealta datacreazione datadicreazione creatoil dataiscrizione
	updatedat updated modified modifiedat lastmodified lastupdated datemodified datemodification datedemodification geaendertam aktualisiertam anderungsdatum fechamodificacion datamodifica modificatoil
	date datum fecha data
	amount total totalamount sum value montant somme betrag gesamtbetrag summe importe importetotal monto suma importo totale somma
	price cost prix tarif cout preis kosten precio coste costo prezzo
	currency currencycode devise monnaie waehrung wahrung moneda divisa valuta
	quantity qty count quantite nombredarticles menge anzahl stueckzahl cantidad quantita
	product productname item article produit produkt artikel producto articulo prodotto articolo
	source origin leadsource provenance quelle herkunft origen fuente origine fonte provenienza
	optin consent subscribed newsletter marketingconsent emailoptin gdpr consentement accord abonne einwilligung zustimmung einverstaendnis angemeldet consentimiento suscrito boletin consenso iscritto
	status statut zustand estatus stato
	type kind typ tipo
	role rolle rol
	membernumber memberid membershipnumber membershipid numeroadherent numerodemembre mitgliedsnummer mitgliedsnr numerodesocio numerosocio numerotessera
	customernumber customerid clientid clientnumber numeroclient numerodeclient kundennummer kundennr kundenid numerodecliente idcliente numerocliente codicecliente
	contactid contactnumber numerocontact kontaktid kontaktnummer
	ordernumber orderid orderno numerocommande numerodecommande bestellnummer auftragsnummer numerodepedido numeropedido numeroordine
	event eventname evenement nomevenement veranstaltung evento nombreevento nomeevento
	ip ipaddress adresseip ipadresse direccionip indirizzoip
	photo picture image avatar bild foto imagen immagine
`

// meanings gives what a plain name means.
var meanings = func() map[string]string {
	m := map[string]string{}
	for _, line := range strings.Split(strings.TrimSpace(synonyms), "\n") {
		list := strings.Fields(line)
		for _, w := range list {
			m[w] = list[0]
		}
	}
	return m
}()
