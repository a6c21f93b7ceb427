/** An API as its makers describe it: references, several ways in, places of parameters, what no tool can do. */
export const PARCELS = `
openapi: 3.0.3
info: {title: Parcels, version: "1"}
servers:
  - url: https://{region}.parcels.example/v2/
    variables: {region: {default: eu}}
security:
  - apiKeyAuth: []
paths:
  /parcels/{parcelId}:
    parameters:
      - $ref: '#/components/parameters/ParcelId'
    get:
      operationId: getParcel
      tags: [read]
      summary: Where a parcel is.
      parameters:
        - {name: withEvents, in: query, schema: {type: boolean, default: false}}
        - {name: X-Trace, in: header, schema: {type: string}}
        - {name: session, in: cookie, schema: {type: string}}
      responses: {"200": {description: ok}}
    delete:
      operationId: cancelParcel
      security: [{oauth: [write]}]
      responses: {"204": {description: gone}}
  /parcels:
    post:
      tags: [write]
      description: |
        Sends
        a parcel.
      security: [{basicAuth: []}]
      requestBody:
        required: true
        content:
          application/json:
            schema: {$ref: '#/components/schemas/NewParcel'}
      responses: {"201": {description: made}}
  /labels:
    post:
      operationId: uploadLabel
      requestBody:
        required: true
        content:
          multipart/form-data: {schema: {type: object}}
      responses: {"201": {description: made}}
  /login:
    get:
      operationId: withCookie
      parameters: [{name: sid, in: cookie, required: true, schema: {type: string}}]
      responses: {"200": {description: ok}}
components:
  securitySchemes:
    apiKeyAuth: {type: apiKey, in: header, name: X-Api-Key}
    basicAuth: {type: http, scheme: basic}
    oauth: {type: oauth2, flows: {}}
  parameters:
    ParcelId: {name: parcelId, in: path, required: true, description: Its number., schema: {type: string, minLength: 3, pattern: '(a+)+$'}}
  schemas:
    NewParcel:
      allOf:
        - $ref: '#/components/schemas/Base'
        - type: object
          required: [toCity]
          properties:
            toCity: {type: string, example: Bonn}
            parts: {type: array, items: {$ref: '#/components/schemas/Part'}}
    Base:
      type: object
      properties:
        id: {type: string, readOnly: true}
        weight: {type: number, minimum: 0}
        size: {type: string, enum: [s, m, l]}
    Part:
      type: object
      properties:
        name: {type: string}
        inner: {$ref: '#/components/schemas/Part'}
`;
